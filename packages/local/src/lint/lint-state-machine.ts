import { LAMBDA_INVOKE_WITH_TOKEN, type State, type StateGraph } from "../definition/asl.ts";
import { listExpressions } from "../definition/list-expressions.ts";
import { findDefinitionProblems } from "../definition/parse-state-machine.ts";
import type { Problem } from "../definition/place.ts";
import { readNames } from "../definition/read-names.ts";
import { listAssigned, listInnerGraphs, listStates, type Placed } from "../definition/walk.ts";
import { JSONATA_FUNCTIONS, STEP_FUNCTIONS_FUNCTIONS } from "./known-functions.ts";

/** Names that every expression may read; `$` and `$$` are JSONata's own. */
const PREDEFINED: readonly string[] = ["", "$", "states", ...JSONATA_FUNCTIONS, ...STEP_FUNCTIONS_FUNCTIONS];

type Rule = (state: Placed<State>, variables: ReadonlySet<string>) => Problem[];

const RULES: readonly Rule[] = [
  findUndefinedVariables,
  findIdleHeartbeats,
  findUnansweredTasks,
  findEndlessWaits,
];

/**
 * Mistakes that AWS lets through and that fail, or hang, at run time. A definition that does not parse
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
