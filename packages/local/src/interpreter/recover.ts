import type { RecoveringState, Retrier } from "../definition/asl.ts";
import { matchesError } from "./match-error.ts";
import { blameState } from "./blame-state.ts";
import { finish, type StateRun, type Transition } from "./state-run.ts";
import { isTerminal, StateError } from "./state-error.ts";

/** Attempts a state until it succeeds, no retrier is left for its error, or a catcher takes over. */
export async function runWithRecovery(
  state: RecoveringState,
  first: StateRun,
  attempt: (run: StateRun) => Promise<Transition>,
): Promise<Transition> {
  const used = new Map<Retrier, number>();
  for (let retryCount = 0; ; retryCount++) {
    const run = withRetryCount(first, retryCount);
    // A retry is for all branches or iterations, a redrive only for those that have not ended well.
    if (retryCount > 0) run.scope.progress.forgetInner();
    try {
      return await blameState(run, () => attempt(run));
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
  const { history } = run.scope;
  const before = history.last;
  noteFailure(state, run, error);
  const failed = history.last;
  const index = state.Catch?.findIndex(({ ErrorEquals }) => matchesError(ErrorEquals, error.error)) ?? -1;
  const catcher = state.Catch?.[index];
  if (!catcher) throw error;
  const errorOutput = error.output;
  const ending = { ...catcher, field: `Catch[${index}]` };
  const given = { outcome: { errorOutput }, output: errorOutput, next: catcher.Next };
  // If a catcher itself fails, the state fails once more, from the same point.
  history.backTo(before);
  try {
    const transition = await blameState(run, () => finish(run, ending, given));
    history.backTo(failed);
    return transition;
  } catch (thrown) {
    if (thrown instanceof StateError) noteFailure(state, run, thrown);
    throw thrown;
  }
}

/** Parallel and Map have an event for their failure; they note it when no retrier is left, caught or not. */
function noteFailure(state: RecoveringState, { scope }: StateRun, error: StateError): void {
  // Then AWS runs all branches again on a redrive, for what they passed on is too large. [Redriving executions]
  if (error.error === "States.DataLimitExceeded") scope.progress.forgetInner();
  if (state.Type !== "Task" && !isTerminal(error)) scope.history.add(`${state.Type}StateFailed`);
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
