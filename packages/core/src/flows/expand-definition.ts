import { ERRORS } from "../errors.ts";

/** A state machine or a state in the Amazon States Language, limited to what the expansion reads. */
interface State {
  readonly Type?: string;
  readonly Resource?: string;
  readonly Arguments?: Readonly<Record<string, unknown>>;
  readonly TimeoutSeconds?: number;
  readonly HeartbeatSeconds?: number;
  readonly Retry?: readonly unknown[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Branches?: readonly Definition[];
  readonly ItemProcessor?: Definition;
}

interface Definition {
  readonly States: Readonly<Record<string, State>>;
}

const INVOKE = "arn:aws:states:::lambda:invoke";
const WAIT = `${INVOKE}.waitForTaskToken`;
const NESTED = "arn:aws:states:::states:startExecution.sync:2";

/** Failures of the invocation itself (Step Functions developer guide, "Handle transient Lambda service exceptions"). */
const LAMBDA_ERRORS = [
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
];
const NESTED_ERRORS = ["StepFunctions.ExecutionLimitExceededException", "StepFunctions.SdkClientException"];
const BACKOFF = {
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxAttempts: 6,
  MaxDelaySeconds: 120,
  JitterStrategy: "FULL",
};
const STEP_SECONDS = 300;
const DAY_SECONDS = 86_400;
/** An operator has two weeks; the daily reminder sends the heartbeat. */
const OPERATOR = { TimeoutSeconds: 14 * DAY_SECONDS, HeartbeatSeconds: 7 * DAY_SECONDS };
const TIMEOUTS = ["States.Timeout", "States.HeartbeatTimeout"];

/**
 * Completes the source of a state machine (`stepfunctions/<flow>/<flow>.asl.json`) with what every Task state has alike, so
 * that the source says it nowhere. What a state says itself stays; its own Retry comes before the one of all.
 *
 * - A state that invokes a function: the function of the state's name (`${LoadPolicy}`), or that of another flow which the
 *   state names (`${SyncAccess_LoadPolicy}`), 300 seconds, and a Retry of every retryable error.
 * - A state that waits for an operator: 14 days, a heartbeat within 7, and a Catch that leads to `ExpireTask`.
 * - A state that starts another flow: a Retry of refusals to start it.
 */
export function expandDefinition<D extends object>(source: D): D {
  // The type of a parsed JSON document says nothing of the states in it.
  return expandStates(source as unknown as Definition) as unknown as D;
}

function expandStates<D extends Definition>(definition: D): D {
  const states = Object.entries(definition.States).map(([name, state]) => [name, expandState(name, state)]);
  return { ...definition, States: Object.fromEntries(states) };
}

function expandState(name: string, state: State): State {
  if (state.Branches) return { ...state, Branches: state.Branches.map(expandStates) };
  if (state.ItemProcessor) return { ...state, ItemProcessor: expandStates(state.ItemProcessor) };
  const { Resource = "" } = state;
  switch (Resource) {
    case INVOKE:
      return {
        TimeoutSeconds: STEP_SECONDS,
        ...state,
        Retry: [...(state.Retry ?? []), ...retryOf(stepErrors())],
        ...invocation(name, state),
      };
    case WAIT:
      return {
        ...OPERATOR,
        Retry: retryOf(stepErrors()),
        ...state,
        ...invocation(name, state),
        Catch: withExpiry(state.Catch ?? []),
      };
    case NESTED:
      return { Retry: retryOf(NESTED_ERRORS), ...state };
    default:
      return state;
  }
}

function invocation(name: string, { Arguments }: State): Pick<State, "Arguments"> {
  return { Arguments: { FunctionName: `\${${name}}`, ...Arguments } };
}

function retryOf(errors: readonly string[]) {
  return [{ ErrorEquals: errors, ...BACKOFF }];
}

function stepErrors(): string[] {
  const retryable = Object.entries(ERRORS).filter(([, facts]) => facts.retryable);
  return [...retryable.map(([name]) => name), ...LAMBDA_ERRORS];
}

/** A state that catches the timeouts itself has something to undo first. */
function withExpiry(own: NonNullable<State["Catch"]>): NonNullable<State["Catch"]> {
  const isCaught = own.some(({ ErrorEquals }) => TIMEOUTS.some((error) => ErrorEquals.includes(error)));
  if (isCaught) return own;
  // Before States.ALL, which must be the last.
  return [{ ErrorEquals: TIMEOUTS, Next: "ExpireTask" }, ...own];
}
