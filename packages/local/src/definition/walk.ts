import type { Ending, State, StateGraph } from "./asl.ts";
import { memberPath } from "./place.ts";

export interface Placed<T> {
  readonly value: T;
  readonly path: string;
}

/** The graphs that a state holds: branches or an item processor. */
export function listInnerGraphs({ value: state, path }: Placed<State>): Placed<StateGraph>[] {
  if (state.Type === "Map") return [{ value: state.ItemProcessor, path: `${path}.ItemProcessor` }];
  if (state.Type !== "Parallel") return [];
  return state.Branches.map((value, index) => ({ value, path: `${path}.Branches[${index}]` }));
}

/** The states of one graph, not those of graphs inside. */
export function listStates({ value: graph, path }: Placed<StateGraph>): (Placed<State> & { name: string })[] {
  return Object.entries(graph.States).map(([name, value]) => ({
    name,
    value,
    path: memberPath(`${path}.States`, name),
  }));
}

/** Everything in a state that may assign variables: the state itself, its choice rules, its catchers. */
export function listEndings({ value: state, path }: Placed<State>): Placed<Ending>[] {
  const endings: Placed<Ending>[] = [{ value: state as Ending, path }];
  if (state.Type === "Choice") {
    endings.push(...state.Choices.map((value, index) => ({ value, path: `${path}.Choices[${index}]` })));
  }
  if ("Catch" in state) {
    endings.push(...(state.Catch ?? []).map((value, index) => ({ value, path: `${path}.Catch[${index}]` })));
  }
  return endings;
}

/** Names of the variables that a graph's own states assign. */
export function listAssigned(graph: Placed<StateGraph>): Placed<string>[] {
  return listStates(graph)
    .flatMap(listEndings)
    .flatMap(({ value, path }) =>
      Object.keys(value.Assign ?? {}).map((name) => ({
        value: name,
        path: memberPath(`${path}.Assign`, name),
      })),
    );
}
