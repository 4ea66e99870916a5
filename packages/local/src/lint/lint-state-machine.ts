import { LAMBDA_INVOKE_WITH_TOKEN, type State, type StateGraph, type TaskState } from "../definition/asl.ts";
import { findDefinitionProblems } from "../definition/parse-state-machine.ts";
import type { Problem } from "../definition/place.ts";
import { listAssigned, listInnerGraphs, listStates, type Placed } from "../definition/walk.ts";
import { JSONATA_FUNCTIONS, STEP_FUNCTIONS_FUNCTIONS } from "./known-functions.ts";
import { listExpressions } from "./list-expressions.ts";
import { readNames } from "./read-names.ts";

/** Names that every expression may read; `$` and `$$` are JSONata's own. */
const PREDEFINED: readonly string[] = ["", "$", "states", ...JSONATA_FUNCTIONS, ...STEP_FUNCTIONS_FUNCTIONS];

type Rule = (state: Placed<State>, variables: ReadonlySet<string>) => Problem[];

const RULES: readonly Rule[] = [
  findMisplacedWildcards,
  findUndefinedVariables,
  findMissingOutcomes,
  findIdleHeartbeats,
  findUnansweredTasks,
  findEndlessWaits,
];

/**
 * Mistakes that AWS or asl-validator let through and that fail, or hang, at run time. A definition that does not parse
 * gives those problems alone.
 */
export function lintStateMachine(definition: unknown): Problem[] {
  const problems = findDefinitionProblems(definition);
  if (problems.length > 0) return problems;
  return lintGraph({ value: definition as StateGraph, path: "$" }, new Set(PREDEFINED));
}

function lintGraph(graph: Placed<StateGraph>, outer: ReadonlySet<string>): Problem[] {
  const variables = new Set([...outer, ...listAssigned(graph).map(({ value }) => value)]);
  return listStates(graph).flatMap((state) => [
    ...RULES.flatMap((rule) => rule(state, variables)),
    ...listInnerGraphs(state).flatMap((inner) => lintGraph(inner, variables)),
  ]);
}

/** States.ALL stands alone, and in the last retrier or catcher. */
function findMisplacedWildcards({ value: state, path }: Placed<State>): Problem[] {
  return (["Retry", "Catch"] as const).flatMap((field) => {
    const entries = (state as TaskState)[field] ?? [];
    return entries.flatMap(({ ErrorEquals }, index) => {
      if (!ErrorEquals.includes("States.ALL")) return [];
      const message = misplacement(ErrorEquals.length, index === entries.length - 1);
      return message === null ? [] : [{ path: `${path}.${field}[${index}].ErrorEquals`, message }];
    });
  });
}

function misplacement(names: number, isLast: boolean): string | null {
  if (names > 1) return "must name States.ALL alone";
  return isLast ? null : "must come last, for it names States.ALL";
}

function findUndefinedVariables(state: Placed<State>, variables: ReadonlySet<string>): Problem[] {
  return listExpressions(state).flatMap(({ value, path }) =>
    readNames(value)
      .variables.filter((name) => !variables.has(name))
      .map((name) => ({
        path,
        message: `reads $${name}, which no state here or around assigns`,
      })),
  );
}

/** $states.result exists when a Task, Parallel or Map ends well, $states.errorOutput in a catcher. */
function findMissingOutcomes(state: Placed<State>): Problem[] {
  return listExpressions(state).flatMap(({ value, path, outcome }) => {
    const { states } = readNames(value);
    return (["result", "errorOutput"] as const)
      .filter((name) => states.has(name) && name !== outcome)
      .map((name) => ({ path, message: `reads $states.${name}, which does not exist here` }));
  });
}

function findIdleHeartbeats({ value: state, path }: Placed<State>): Problem[] {
  if (state.Type !== "Task") return [];
  const { HeartbeatSeconds: heartbeat, TimeoutSeconds: timeout } = state;
  if (typeof heartbeat !== "number" || typeof timeout !== "number" || heartbeat < timeout) return [];
  return [{ path: `${path}.HeartbeatSeconds`, message: `must be less than TimeoutSeconds, ${timeout}` }];
}

function findUnansweredTasks(placed: Placed<State>): Problem[] {
  const { value: state, path } = placed;
  if (state.Type !== "Task" || state.Resource !== LAMBDA_INVOKE_WITH_TOKEN) return [];
  const inArguments = listExpressions(placed).filter((found) => found.path.startsWith(`${path}.Arguments`));
  if (inArguments.some(({ value }) => /\$states\s*\.\s*context\s*\.\s*Task\s*\.\s*Token\b/.test(value)))
    return [];
  return [
    { path: `${path}.Arguments`, message: "must pass on $states.context.Task.Token, or nobody can answer" },
  ];
}

function findEndlessWaits({ value: state, path }: Placed<State>): Problem[] {
  if (state.Type !== "Task" || state.Resource !== LAMBDA_INVOKE_WITH_TOKEN) return [];
  if (state.TimeoutSeconds !== undefined) return [];
  return [{ path, message: "must have TimeoutSeconds: a task nobody answers would wait for three years" }];
}
