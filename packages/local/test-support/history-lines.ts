import type { Finished } from "./run-machine.ts";

/** Every event as `id < previous type what`. */
export function lines({ events }: Finished): string[] {
  return events.map((event) => {
    const { id, previousEventId, type, stateEnteredEventDetails, stateExitedEventDetails } = event;
    const name = (stateEnteredEventDetails ?? stateExitedEventDetails)?.name;
    const iteration = Object.entries(event).find(([member]) => member.startsWith("mapIteration"))?.[1] as
      | { index: number }
      | undefined;
    return [`${id}<${previousEventId}`, type, name ?? iteration?.index]
      .filter((x) => x !== undefined)
      .join(" ");
  });
}
