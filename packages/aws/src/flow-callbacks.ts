import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { type FlowCallbacks, FlowError } from "@landbridge/core";
import { isAwsError } from "./translate-error.ts";

/** Longest `error` and `cause` (SendTaskFailure). */
const MAX_ERROR_CHARACTERS = 256;
const MAX_CAUSE_CHARACTERS = 32_768;

/** Answers to states that wait with `.waitForTaskToken`. A token opens the state to whoever has it: no error repeats it. */
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
  };
}

/** Without AWS's error as cause, whose text is not known to leave the token out. */
function refuse(error: unknown): never {
  if (!isAwsError(error, "TaskDoesNotExist", "TaskTimedOut", "InvalidToken")) throw error;
  throw new FlowError("TaskNotFound", `No state waits for this answer any more (${(error as Error).name})`);
}
