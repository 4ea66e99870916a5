import {
  type HistoryEvent,
  paginateGetExecutionHistory,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { type EndOfWait, type FlowCallbacks, FlowError } from "@landbridge/core";
import { isAwsError } from "./translate-error.ts";

/** Longest `error` and `cause` (SendTaskFailure). */
const MAX_ERROR_CHARACTERS = 256;
const MAX_CAUSE_CHARACTERS = 32_768;
/** How the history names what such a state calls: `invoke.waitForTaskToken`. */
const WAITING = ".waitForTaskToken";

/** Answers states that wait with `.waitForTaskToken`. Anybody who has a token can complete the state: no error repeats it. */
export function makeFlowCallbacks(stepFunctions: SFNClient): FlowCallbacks {
  return {
    async succeed(taskToken, output) {
      const command = new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output ?? null) });
      await stepFunctions.send(command).catch(refuse);
    },
    async fail(taskToken, errorName, cause) {
      const command = new SendTaskFailureCommand({
        taskToken,
        error: errorName.slice(0, MAX_ERROR_CHARACTERS),
        cause: cause.slice(0, MAX_CAUSE_CHARACTERS),
      });
      await stepFunctions.send(command).catch(refuse);
    },
    async beat(taskToken) {
      await stepFunctions.send(new SendTaskHeartbeatCommand({ taskToken })).catch(refuse);
    },
    async endOfWait(executionArn, since) {
      const pages = paginateGetExecutionHistory(
        { client: stepFunctions },
        { executionArn, maxResults: 1000 },
      );
      try {
        for await (const { events = [] } of pages) {
          const ends = events.filter(({ timestamp }) => Number(timestamp) >= since).map(readEnd);
          const first = ends.find((end) => end !== null);
          if (first) return first;
        }
        return null;
      } catch (error) {
        // AWS forgets executions 90 days after their end.
        if (isAwsError(error, "ExecutionDoesNotExist")) return { error: "ExecutionDoesNotExist" };
        throw error;
      }
    },
  };
}

/** Ends of an execution before anybody answered. */
const ENDS_OF_EXECUTIONS: readonly string[] = ["ExecutionAborted", "ExecutionFailed", "ExecutionTimedOut"];

/** Null for events that end no wait. */
function readEnd(event: HistoryEvent): EndOfWait | null {
  const { type = "", taskSucceededEventDetails: succeeded } = event;
  const failed = event.taskFailedEventDetails ?? event.taskTimedOutEventDetails;
  if (succeeded?.resource?.endsWith(WAITING)) return { error: null };
  if (failed?.resource?.endsWith(WAITING)) return { error: failed.error ?? type };
  return ENDS_OF_EXECUTIONS.includes(type) ? { error: type } : null;
}

/** Without AWS's error as cause, since its text might contain the token. */
function refuse(error: unknown): never {
  if (!isAwsError(error, "TaskDoesNotExist", "TaskTimedOut", "InvalidToken")) throw error;
  throw new FlowError(
    "TaskNotFound",
    `The state that waited for this answer has ended (${(error as Error).name})`,
  );
}
