import {
  answerTask,
  declineTask,
  listOpenTasks,
  listTasks,
  pauseSync,
  readHealth,
  readPause,
  readTask,
  resumeSync,
  taskGuide,
} from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { callerOfEnvironment } from "../access/environment.ts";
import type { Deployment } from "./deployment.ts";

/** Through the services of the account, with the caller's own permissions there. */
export function inAccount(deps: Deps): Deployment {
  const caller = () => callerOfEnvironment(deps);
  return {
    executions: deps.executions,
    clock: deps.clock,
    readHealth: () => readHealth(deps),
    pause: {
      read: () => readPause(deps),
      begin: async (reason) => pauseSync({ reason, by: await caller() }, deps),
      end: () => resumeSync(deps),
    },
    requester: async () => ({ requestedBy: await caller() }),
    tasks: {
      listOpen: () => listOpenTasks(deps),
      listAll: () => listTasks(deps),
      read: (id) => readTask(id, deps),
      answer: async ({ id }, answer) => answerTask(id, answer, { ...deps, answeredBy: await caller() }),
      decline: async ({ id }, reason) => declineTask(id, reason, { ...deps, answeredBy: await caller() }),
      readDocument: ({ subject }) => deps.objects.readText(taskGuide(subject).document?.key ?? ""),
    },
  };
}
