import type { State, StateGraph, TaskState } from "./asl.ts";
import { listExpressions } from "./list-expressions.ts";
import type { Problem } from "./place.ts";
import { readNames } from "./read-names.ts";
import { listInnerGraphs, listStates, type Placed } from "./walk.ts";

/** Finds fields with the right shape in the wrong place. AWS refuses to create such a state machine. */
export function findUseProblems(machine: StateGraph): Problem[] {
  return visit({ value: machine, path: "$" });
}

function visit(graph: Placed<StateGraph>): Problem[] {
  return listStates(graph).flatMap((state) => [
    ...findMisplacedWildcards(state),
    ...findMissingOutcomes(state),
    ...listInnerGraphs(state).flatMap(visit),
  ]);
}

/** States.ALL must be alone, and in the last retrier or catcher. [Handling errors in Step Functions workflows] */
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

/** $states.result exists when a Task, Parallel or Map ends well, $states.errorOutput in a catcher. [Transforming data with JSONata] */
function findMissingOutcomes(state: Placed<State>): Problem[] {
  return listExpressions(state).flatMap(({ value, path, outcome }) => {
    const { states } = readNames(value);
    return (["result", "errorOutput"] as const)
      .filter((name) => states.has(name) && name !== outcome)
      .map((name) => ({ path, message: `reads $states.${name}, which does not exist here` }));
  });
}
