import type { State, StateGraph } from "./asl.ts";
import { type Problem, memberPath } from "./place.ts";
import { listAssigned, listInnerGraphs, listStates, type Placed } from "./walk.ts";

/** Finds moves to states that do not exist, names used twice and variables of an outer scope assigned inside. */
export function findReferenceProblems(machine: StateGraph): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  visit({ value: machine, path: "$" }, new Set());
  return problems;

  function visit(graph: Placed<StateGraph>, outer: ReadonlySet<string>): void {
    const assigned = listAssigned(graph);
    for (const { value: name, path } of assigned) {
      if (outer.has(name))
        problems.push({ path, message: "is a variable of an outer scope, which cannot be assigned here" });
    }
    const visible = new Set([...outer, ...assigned.map(({ value }) => value)]);
    checkTarget(graph, graph.value.StartAt, `${graph.path}.StartAt`);
    for (const state of listStates(graph)) {
      if (seen.has(state.name)) problems.push({ path: state.path, message: "has the name of another state" });
      seen.add(state.name);
      for (const { value, path } of listTargets(state)) checkTarget(graph, value, path);
      for (const inner of listInnerGraphs(state)) visit(inner, visible);
    }
  }

  function checkTarget(graph: Placed<StateGraph>, target: string, path: string): void {
    if (Object.hasOwn(graph.value.States, target)) return;
    problems.push({
      path,
      message: `names ${JSON.stringify(target)}, which is not in ${memberPath(graph.path, "States")}`,
    });
  }
}

function listTargets({ value: state, path }: Placed<State>): Placed<string>[] {
  const targets: Placed<string>[] = [];
  if ("Next" in state && state.Next !== undefined) targets.push({ value: state.Next, path: `${path}.Next` });
  if (state.Type === "Choice") {
    if (state.Default !== undefined) targets.push({ value: state.Default, path: `${path}.Default` });
    targets.push(
      ...state.Choices.map((rule, i) => ({ value: rule.Next, path: `${path}.Choices[${i}].Next` })),
    );
  }
  if ("Catch" in state && state.Catch) {
    targets.push(
      ...state.Catch.map((catcher, i) => ({ value: catcher.Next, path: `${path}.Catch[${i}].Next` })),
    );
  }
  return targets;
}
