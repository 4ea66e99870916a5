import {
  answerTask,
  declineTask,
  findInForce,
  listOpenTasks,
  listTasks,
  pauseSync,
  proposePolicy,
  readHealth,
  readPause,
  readTask,
  readTaskDocument,
  resumeSync,
} from "@landbridge/core";
import type { AccountDeps } from "../access/environment.ts";
import type { Deployment } from "./deployment.ts";

/** Through the services of the account, with the caller's own permissions there. */
export function inAccount(deps: AccountDeps): Deployment {
  return {
    executions: deps.executions,
    clock: deps.clock,
    readHealth: () => readHealth(deps),
    pause: {
      read: () => readPause(deps),
      begin: async (reason) => pauseSync({ reason, by: await deps.readCallerArn() }, deps),
      end: () => resumeSync(deps),
    },
    requester: async () => ({ requestedBy: await deps.readCallerArn() }),
    async propose(policy, basedOn) {
      const hash = await proposePolicy(policy, await deps.readCallerArn(), deps, basedOn);
      const inForce = await findInForce(deps.settings.policyKey, deps.objects);
      return { hash, isInForce: inForce?.ref.hash === hash };
    },
    tasks: {
      listOpen: () => listOpenTasks(deps),
      listAll: () => listTasks(deps),
      read: (id) => readTask(id, deps),
      answer: async ({ id }, answer) =>
        answerTask(id, answer, { ...deps, answeredBy: await deps.readCallerArn() }),
      decline: async ({ id }, reason) =>
        declineTask(id, reason, { ...deps, answeredBy: await deps.readCallerArn() }),
      readDocument: async ({ subject }) => (await readTaskDocument(subject, deps)) ?? "",
    },
  };
}
