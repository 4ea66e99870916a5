import type { Json } from "../../definition/asl.ts";
import { ServiceError } from "../../service/service-error.ts";
import type { ExecutionDescription } from "../../service/api.ts";
import { StateError } from "../state-error.ts";
import type { TaskCall } from "./task-call.ts";

/** `states:startExecution.sync:2`: runs another state machine; its output comes as JSON, not as text. */
export async function startExecutionSync(call: TaskCall): Promise<Json> {
  const args = call.arguments;
  const { nested } = call.runtime;
  const { executionArn, startDate } = start();
  call.submitted({ ExecutionArn: executionArn, StartDate: Date.parse(startDate) });
  // AWS stops a nested execution when the task that waits for it ends first.
  const stop = () =>
    nested.stopExecution({
      executionArn,
      cause: `The Task state in AWS Step Functions execution [${call.executionArn}] which was managing this resource was aborted`,
    });
  call.signal.addEventListener("abort", stop, { once: true });
  const ended = await nested.untilEnded(executionArn);
  call.signal.removeEventListener("abort", stop);
  const description = describeNested(ended);
  if (ended.status !== "SUCCEEDED") throw new StateError("States.TaskFailed", JSON.stringify(description));
  return description;

  function start() {
    if (args.Name !== undefined && typeof args.Name !== "string") {
      throw new StateError("States.Runtime", "Arguments.Name must be a string.");
    }
    try {
      return nested.startExecution({
        stateMachineArn: args.StateMachineArn as string,
        input: JSON.stringify(args.Input ?? {}),
        ...(args.Name === undefined ? {} : { name: args.Name }),
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new StateError(`StepFunctions.${error.name}Exception`, error.message);
    }
  }
}

/** DescribeExecution's answer as the integration gives it: capital letters, times in milliseconds. */
function describeNested(ended: ExecutionDescription): Json {
  return {
    ExecutionArn: ended.executionArn,
    Input: JSON.parse(ended.input) as Json,
    InputDetails: { Included: true },
    Name: ended.name,
    ...(ended.output === undefined
      ? {}
      : { Output: JSON.parse(ended.output) as Json, OutputDetails: { Included: true } }),
    ...(ended.error === undefined ? {} : { Error: ended.error }),
    ...(ended.cause === undefined ? {} : { Cause: ended.cause }),
    RedriveCount: ended.redriveCount,
    ...(ended.redriveDate === undefined ? {} : { RedriveDate: Date.parse(ended.redriveDate) }),
    RedriveStatus: ended.redriveStatus,
    ...(ended.redriveStatusReason === undefined ? {} : { RedriveStatusReason: ended.redriveStatusReason }),
    StartDate: Date.parse(ended.startDate),
    StateMachineArn: ended.stateMachineArn,
    Status: ended.status,
    ...(ended.stopDate === undefined ? {} : { StopDate: Date.parse(ended.stopDate) }),
  };
}
