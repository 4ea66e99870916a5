/** A branch of Parallel; the first state is the start. */
export function branch(states: Record<string, object>): object {
  return { StartAt: Object.keys(states)[0], States: states };
}

/** A Map that runs these states for each item; by default the last state of the machine. */
export function mapOver(Items: unknown, states: Record<string, object>, fields: object = {}): object {
  return {
    Type: "Map",
    Items,
    ItemProcessor: branch(states),
    ...("Next" in fields ? {} : { End: true }),
    ...fields,
  };
}
