import {
  type Json,
  type JsonObject,
  RESOURCES,
  type Resource,
  type TaskState,
} from "../../definition/asl.ts";
import { outputOf } from "../history-event.ts";
import { checkSize } from "../payload.ts";
import { invokeLambdaWithToken } from "../resources/invoke-lambda-with-token.ts";
import { invokeLambda } from "../resources/invoke-lambda.ts";
import { startExecutionSync } from "../resources/start-execution.ts";
import { checkArguments, type TaskResource } from "../resources/task-call.ts";
import { isTerminal, StateError } from "../state-error.ts";
import {
  evaluateField,
  evaluateNumber,
  finish,
  nextOf,
  type StateRun,
  type Transition,
} from "../state-run.ts";
import { TaskError } from "../task-error.ts";
import { runWithinLimits, TaskExpired, type TaskLimits } from "../task-limits.ts";

const RUNNERS: Readonly<Record<Resource, TaskResource>> = {
  "arn:aws:states:::lambda:invoke": invokeLambda,
  "arn:aws:states:::lambda:invoke.waitForTaskToken": invokeLambdaWithToken,
  "arn:aws:states:::states:startExecution.sync:2": startExecutionSync,
};

interface Request {
  readonly resource: Resource;
  readonly arguments: JsonObject;
  readonly token: string;
  readonly limits: TaskLimits;
}

export async function runTask(state: TaskState, entered: StateRun): Promise<Transition> {
  const token = entered.scope.runtime.newId();
  const run = state.Resource.endsWith(".waitForTaskToken")
    ? { ...entered, context: { ...entered.context, Task: { Token: token } } }
    : entered;
  const given =
    state.Arguments === undefined ? run.input : await evaluateField(run, "Arguments", state.Arguments);
  checkSize(given, run.name);
  const args = checkArguments(given, RESOURCES[state.Resource].arguments);
  const limits = {
    timeoutSeconds: await evaluateNumber(run, "TimeoutSeconds", { template: state.TimeoutSeconds, min: 1 }),
    heartbeatSeconds: await evaluateNumber(run, "HeartbeatSeconds", {
      template: state.HeartbeatSeconds,
      min: 1,
    }),
  };
  const result = await perform(run, { resource: state.Resource, arguments: args, token, limits });
  return finish(run, state, { outcome: { result }, output: result, next: nextOf(state) });
}

async function perform({ scope }: StateRun, request: Request): Promise<Json> {
  const { history, runtime } = scope;
  const { resourceType, resource } = RESOURCES[request.resource];
  const { timeoutSeconds, heartbeatSeconds } = request.limits;
  history.add("TaskScheduled", {
    taskScheduledEventDetails: {
      resourceType,
      resource,
      region: runtime.region,
      parameters: JSON.stringify(request.arguments),
      ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
      ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
    },
  });
  history.add("TaskStarted", { taskStartedEventDetails: { resourceType, resource } });
  try {
    const result = await runWithinLimits(scope, request.limits, (control) =>
      RUNNERS[request.resource]({
        ...control,
        runtime,
        arguments: request.arguments,
        executionArn: scope.context.Execution.Id,
        token: request.token,
        submitted: submittedUntil(control.signal),
      }),
    );
    checkSize(result, resourceType);
    history.add("TaskSucceeded", {
      taskSucceededEventDetails: { resourceType, resource, ...outputOf(JSON.stringify(result)) },
    });
    return result;
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    // The history may be full; that is no failure of the task.
    if (isTerminal(error)) throw error;
    noteFailure(error);
    throw error instanceof TaskError ? error : new TaskError(error.error, error.cause);
  }

  function submittedUntil(ended: AbortSignal): (output: Json) => void {
    return (output) => {
      if (ended.aborted) return;
      history.add("TaskSubmitted", {
        taskSubmittedEventDetails: { resourceType, resource, ...outputOf(JSON.stringify(output)) },
      });
    };
  }

  function noteFailure(failure: StateError): void {
    const details = { resourceType, resource, ...failure.details };
    if (failure instanceof TaskExpired) history.add("TaskTimedOut", { taskTimedOutEventDetails: details });
    else history.add("TaskFailed", { taskFailedEventDetails: details });
  }
}
