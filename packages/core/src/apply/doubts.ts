import { mapConcurrently } from "../map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";
import type { CurrentAssignments } from "./current-assignments.ts";
import { type InFlight, LISTED_AFTER_MILLISECONDS } from "./in-flight.ts";
import type { WorkItem } from "./queue.ts";

const ASK_EVERY_MILLISECONDS = 2_000;
const CONCURRENCY = 8;

interface Doubt {
  readonly item: WorkItem;
  readonly reason: string;
  readonly since: number;
  /** Operations of unknown origin that were running at the first check; null until then. */
  waitFor: ReadonlySet<string> | null;
}

interface Decided {
  readonly item: WorkItem;
  readonly reason: string;
  /** Whether the instance has the assignment. */
  readonly isThere: boolean;
}

interface DoubtsInput {
  readonly inFlight: InFlight;
  readonly current: CurrentAssignments;
  readonly clock: Ports["clock"];
}

/**
 * Changes that were given up although one of their starts got no answer: AWS may have started them under an unknown
 * request id. They count as failed only after every operation of unknown origin has ended and the instance has been
 * read again.
 */
export class Doubts {
  readonly #input: DoubtsInput;
  #doubts: Doubt[] = [];
  #askAt = 0;

  constructor(input: DoubtsInput) {
    this.#input = input;
  }

  get size(): number {
    return this.#doubts.length;
  }

  add(item: WorkItem, reason: string): void {
    this.#doubts.push({ item, reason, since: this.#input.clock.now(), waitFor: null });
  }

  /** @returns those that are decided now */
  async decide(): Promise<Decided[]> {
    const { inFlight, current, clock } = this.#input;
    const now = clock.now();
    const listed = this.#doubts.filter(({ since }) => now - since >= LISTED_AFTER_MILLISECONDS);
    if (listed.length === 0 || now < this.#askAt) return [];
    this.#askAt = now + ASK_EVERY_MILLISECONDS;
    const others = new Set(await inFlight.look());
    for (const doubt of listed)
      doubt.waitFor = new Set([...(doubt.waitFor ?? others)].filter((id) => others.has(id)));
    const ended = new Set(listed.filter(({ waitFor }) => waitFor?.size === 0));
    for (const { item } of ended) current.forget(item.assignment);
    const decided = await mapConcurrently([...ended], CONCURRENCY, async ({ item, reason }) => ({
      item,
      reason,
      isThere: await current.has(item.assignment),
    }));
    this.#doubts = this.#doubts.filter((doubt) => !ended.has(doubt));
    return decided;
  }
}
