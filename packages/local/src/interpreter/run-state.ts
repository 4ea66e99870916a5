import type { Json, State, StateType } from "../definition/asl.ts";
import { MAX_HISTORY_EVENTS } from "./history.ts";
import { noteEvaluationFailure } from "./note-evaluation-failure.ts";
import { runWithRecovery } from "./recover.ts";
import type { Scope } from "./scope.ts";
import { StateError } from "./state-error.ts";
import type { StateRun, Transition } from "./state-run.ts";
import { runChoice } from "./states/choice.ts";
import { runFail } from "./states/fail.ts";
import { runMap } from "./states/map.ts";
import { runParallel } from "./states/parallel.ts";
import { runPass } from "./states/pass.ts";
import { runSucceed } from "./states/succeed.ts";
import { runTask } from "./states/task.ts";
import { runWait } from "./states/wait.ts";

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
 * Runs one state from entry to exit, with its events, and sets its variables.
 * @throws {StateError} that no catcher took
 */
export async function runState(
  entry: { name: string; state: State; input: Json },
  scope: Scope,
): Promise<Transition> {
  const { name, state, input } = entry;
  const { history, signal, runtime } = scope;
  if (history.size >= MAX_HISTORY_EVENTS) {
    throw new StateError(
      "States.Runtime",
      `The execution has reached ${MAX_HISTORY_EVENTS} events of history.`,
    );
  }
  history.add(`${state.Type}StateEntered`, {
    stateEnteredEventDetails: { name, input: JSON.stringify(input) },
  });
  const context = { ...scope.context, State: { EnteredTime: runtime.isoNow(), Name: name, RetryCount: 0 } };
  const abort = () => noteAbort(state, scope);
  signal.addEventListener("abort", abort, { once: true });
  try {
    const transition = await runWithErrors(state, { name, input, scope, context });
    signal.throwIfAborted();
    Object.assign(scope.variables, transition.assigned);
    if (state.Type !== "Fail") noteExit({ name, type: state.Type }, transition, scope);
    return transition;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function runWithErrors(state: State, run: StateRun): Promise<Transition> {
  if (state.Type === "Task" || state.Type === "Parallel" || state.Type === "Map") {
    return runWithRecovery(state, run, (again) => runOnce(state, again));
  }
  return noteEvaluationFailure(run, () => runOnce(state, run));
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
      output: JSON.stringify(output),
      ...(variables.length === 0 ? {} : { assignedVariables: Object.fromEntries(variables) }),
    },
  });
}

/** Only states that take time can be stopped, and have an event for it. */
function noteAbort(state: State, { history }: Scope): void {
  if (state.Type === "Task" || state.Type === "Wait" || state.Type === "Parallel" || state.Type === "Map") {
    history.addEnd(`${state.Type}StateAborted`);
  }
}
