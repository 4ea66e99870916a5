import type { Clock, HealthDocument, OperatorTask, Pause, Plan } from "@landbridge/core";
import type { ApiClient } from "../api/api-client.ts";
import { makeRemoteExecutions } from "../api/remote-executions.ts";
import type { KeptProposal, RemoteDeployment } from "./deployment.ts";

/** Uses the deployment's API: callers with a role there need no permission in the account. */
export function overApi(api: ApiClient, clock: Clock): RemoteDeployment {
  return {
    executions: makeRemoteExecutions(api),
    clock,
    readHealth: async () => ((await api.get("/status")) as { health: HealthDocument | null }).health,
    readPlan: async (name) => (await api.get(`/sync-access/${name}/plan`)) as Plan,
    pause: {
      read: async () => ((await api.get("/pause")) as { pause: Pause | null }).pause,
      begin: async (reason) => (await api.post("/pause", { reason })) as { pause: Pause; isNew: boolean },
      end: async () => ((await api.delete("/pause")) as { ended: Pause | null }).ended,
    },
    requester: () => Promise.resolve({}),
    // The API knows no other base than what is in force when it is asked.
    propose: async (policy) => (await api.post("/policy/proposals", { policy })) as KeptProposal,
    tasks: {
      listOpen: async () => (await api.get("/tasks")) as OperatorTask[],
      listAll: async () => (await api.get("/tasks?status=all")) as OperatorTask[],
      read: async (id) => (await api.get(`/tasks/${id}`)) as OperatorTask,
      async answer({ id, subject }, answer) {
        await api.post(`/tasks/${id}/${subject.kind === "plan-approval" ? "approval" : "answer"}`, answer);
      },
      async decline({ id }, reason) {
        await api.post(`/tasks/${id}/decline`, { reason });
      },
      readDocument: async ({ id }) => String(await api.get(`/tasks/${id}/document`)),
    },
  };
}
