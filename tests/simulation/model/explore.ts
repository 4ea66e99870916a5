/** A possible next event, by name, and the state that it leads to. */
export interface Move<S> {
  readonly name: string;
  readonly to: S;
}

export interface Exploration {
  readonly states: number;
  /** The shortest path to a state that violates an invariant, and the invariant; null: none. */
  readonly violation: { readonly invariant: string; readonly trace: readonly string[] } | null;
}

/**
 * Visits every state that can be reached, nearest first.
 * @param broken names the invariant that a state breaks, or null
 */
export function explore<S>(
  start: S,
  moves: (state: S) => readonly Move<S>[],
  broken: (state: S) => string | null,
): Exploration {
  const cameFrom = new Map<string, { readonly from: string | null; readonly by: string }>();
  const first = JSON.stringify(start);
  cameFrom.set(first, { from: null, by: "start" });
  const queue = [first];
  // The queue grows while it is walked through.
  for (const key of queue) {
    const state = JSON.parse(key) as S;
    const invariant = broken(state);
    if (invariant !== null) return { states: cameFrom.size, violation: { invariant, trace: trace(key) } };
    for (const { name, to } of moves(state)) {
      const next = JSON.stringify(to);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, { from: key, by: name });
      queue.push(next);
    }
  }
  return { states: cameFrom.size, violation: null };

  function trace(end: string): string[] {
    const names: string[] = [];
    for (let key: string | null = end; key !== null;) {
      const step: { readonly from: string | null; readonly by: string } | undefined = cameFrom.get(key);
      if (!step) break;
      names.unshift(step.by);
      key = step.from;
    }
    return names;
  }
}
