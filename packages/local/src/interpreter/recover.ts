import type { RecoveringState, Retrier } from "../definition/asl.ts";
import { matchesError } from "./match-error.ts";
import { noteEvaluationFailure } from "./note-evaluation-failure.ts";
import { finish, type StateRun, type Transition } from "./state-run.ts";
import { StateError } from "./state-error.ts";

/** Attempts a state until it ends well, no retrier is left for its error, or a catcher takes over. */
export async function runWithRecovery(
  state: RecoveringState,
  first: StateRun,
  attempt: (run: StateRun) => Promise<Transition>,
): Promise<Transition> {
  const used = new Map<Retrier, number>();
  for (let retryCount = 0; ; retryCount++) {
    const run = withRetryCount(first, retryCount);
    try {
      return await noteEvaluationFailure(run, () => attempt(run));
    } catch (error) {
      run.scope.signal.throwIfAborted();
      if (!(error instanceof StateError)) throw error;
      const retrier = state.Retry?.find(({ ErrorEquals }) => matchesError(ErrorEquals, error.error));
      const attempts = retrier ? (used.get(retrier) ?? 0) : 0;
      if (!retrier || attempts >= (retrier.MaxAttempts ?? 3)) return catchError(state, run, error);
      used.set(retrier, attempts + 1);
      const seconds = delaySeconds(retrier, attempts, run.scope.runtime.random);
      await run.scope.runtime.alarms.sleep(Math.round(seconds * 1000), run.scope.signal);
    }
  }
}

async function catchError(state: RecoveringState, run: StateRun, error: StateError): Promise<Transition> {
  const index = state.Catch?.findIndex(({ ErrorEquals }) => matchesError(ErrorEquals, error.error)) ?? -1;
  const catcher = state.Catch?.[index];
  if (!catcher) throw error;
  const errorOutput = error.output;
  const ending = { ...catcher, field: `Catch[${index}]` };
  const given = { outcome: { errorOutput }, output: errorOutput, next: catcher.Next };
  return noteEvaluationFailure(run, () => finish(run, ending, given));
}

/** [Amazon States Language: Errors, "Retrying After Error"] */
function delaySeconds(retrier: Retrier, attempts: number, random: () => number): number {
  const backoff = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** attempts;
  const delay = Math.min(backoff, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return retrier.JitterStrategy === "FULL" ? delay * random() : delay;
}

function withRetryCount(run: StateRun, retryCount: number): StateRun {
  const { State, ...context } = run.context;
  return State ? { ...run, context: { ...context, State: { ...State, RetryCount: retryCount } } } : run;
}
