/** A branch of Parallel; the first state is the start. */
export function branch(states: Record<string, object>): object {
  return { StartAt: Object.keys(states)[0], States: states };
}

/** A Map over items that runs these states for each; the last one of the machine unless told otherwise. */
export function mapOver(Items: unknown, states: Record<string, object>, fields: object = {}): object {
  return {
    Type: "Map",
    Items,
    ItemProcessor: branch(states),
    ...("Next" in fields ? {} : { End: true }),
    ...fields,
  };
}
