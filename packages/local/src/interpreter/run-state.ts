import type { State, StateType } from "../definition/asl.ts";
import { blameState } from "./blame-state.ts";
import { type AbortedType, inputOf, outputOf } from "./history-event.ts";
import type { Position } from "./progress.ts";
import { runWithRecovery } from "./recover.ts";
import type { Scope } from "./scope.ts";
import type { StateRun, Transition } from "./state-run.ts";
import { runChoice } from "./states/choice.ts";
import { runFail } from "./states/fail.ts";
import { runMap } from "./states/map.ts";
import { runParallel } from "./states/parallel.ts";
import { runPass } from "./states/pass.ts";
import { runSucceed } from "./states/succeed.ts";
import { runTask } from "./states/task.ts";
import { runWait } from "./states/wait.ts";
import { TaskError } from "./task-error.ts";

const RUNNERS: {
  [T in StateType]: (state: Extract<State, { Type: T }>, run: StateRun) => Promise<Transition>;
} = {
  Task: runTask,
  Parallel: runParallel,
  Map: runMap,
  Pass: runPass,
  Choice: runChoice,
  Wait: runWait,
  Succeed: runSucceed,
  Fail: runFail,
};

/**
 * Runs one state from entry to exit, with its events, and sets its variables. One that was entered before, in an
 * execution that is redriven, is not entered again; but a Fail state is. [Redriving executions, "Redrive behavior"]
 * @throws {StateError} that no catcher took
 */
export async function runState(state: State, position: Position, scope: Scope): Promise<Transition> {
  const { history, signal, runtime, progress } = scope;
  const { name, input } = position;
  scope.beforeTransition();
  if (position.enteredEventId === null || state.Type === "Fail") {
    position.enteredEventId = history.add(`${state.Type}StateEntered`, {
      stateEnteredEventDetails: { name, ...inputOf(JSON.stringify(input)) },
    });
  }
  const context = { ...scope.context, State: { EnteredTime: runtime.isoNow(), Name: name, RetryCount: 0 } };
  const run = { name, input, enteredEventId: position.enteredEventId, scope, context };
  const close = takesTime(state) ? history.open(`${state.Type}StateAborted`) : null;
  try {
    const transition = await runWithErrors(state, run);
    signal.throwIfAborted();
    progress.variables.assign(transition.assigned);
    if (state.Type !== "Fail") noteExit({ name, type: state.Type }, transition, scope);
    return transition;
  } catch (error) {
    if (state.Type === "Task" && scope.isInner && error instanceof TaskError)
      history.note("TaskStateAborted");
    throw error;
  } finally {
    // A line that was cut short has already recorded it.
    close?.();
  }
}

function runWithErrors(state: State, run: StateRun): Promise<Transition> {
  if (state.Type === "Task" || state.Type === "Parallel" || state.Type === "Map") {
    return runWithRecovery(state, run, (again) => runOnce(state, again));
  }
  return blameState(run, () => runOnce(state, run));
}

function runOnce(state: State, run: StateRun): Promise<Transition> {
  const runner = RUNNERS[state.Type] as (state: State, run: StateRun) => Promise<Transition>;
  return runner(state, run);
}

function noteExit(
  { name, type }: { name: string; type: Exclude<State["Type"], "Fail"> },
  { output, assigned }: Transition,
  { history }: Scope,
): void {
  const variables = Object.entries(assigned).map(
    ([variable, value]) => [variable, JSON.stringify(value)] as const,
  );
  history.add(`${type}StateExited`, {
    stateExitedEventDetails: {
      name,
      ...outputOf(JSON.stringify(output)),
      ...(variables.length === 0
        ? {}
        : {
            assignedVariables: Object.fromEntries(variables),
            assignedVariablesDetails: { truncated: false } as const,
          }),
    },
  });
}

/** Only these can be stopped, and have an event for it. */
function takesTime(state: State): state is Extract<State, { Type: AbortedType }> {
  return state.Type === "Task" || state.Type === "Wait" || state.Type === "Parallel" || state.Type === "Map";
}
