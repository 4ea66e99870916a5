import {
  answerTask,
  declineTask,
  listOpenTasks,
  listTasks,
  readHealth,
  readTask,
  readTaskDocument,
} from "@landbridge/core";
import type { AccountDeps } from "../access/environment.ts";
import type { Deployment } from "./deployment.ts";

/** Through the services of the account, with the caller's own permissions there. */
export function inAccount(deps: AccountDeps): Deployment {
  return {
    executions: deps.executions,
    clock: deps.clock,
    readHealth: () => readHealth(deps),
    requester: async () => ({ requestedBy: await deps.readCallerArn() }),
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
