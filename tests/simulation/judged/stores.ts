import { FlowError } from "@landbridge/core";
import * as ports from "@landbridge/functions/_shared/ports";
import type { Random } from "@landbridge/sandbox";
import { MemoryObjects } from "../../../packages/core/test-support/memory-objects.ts";
import { MemoryRecords } from "../../../packages/core/test-support/memory-records.ts";

/** How likely a call of a store goes wrong, and how. */
const SENT_AGAIN = 0.02;
const NOT_DELIVERED = 0.005;
const ANSWER_LOST = 0.002;

/** Records and objects of a company. */
export interface Stores {
  /** As people reach them: their own tools try until it works. */
  readonly calm: { readonly records: MemoryRecords; readonly objects: MemoryObjects };
  /** As functions reach them. */
  readonly ports: ReadonlyMap<unknown, unknown>;
}

/**
 * Stores in memory: half of a run's requests go to them, and thousands of seeds need every one of them fast. The adapters for
 * DynamoDB and S3 pass the same contract suites.
 * @param isWild whether calls go wrong
 */
export function storesInMemory(random: Random, isWild: () => boolean): Stores {
  const calm = { records: new MemoryRecords(), objects: new MemoryObjects() };
  return {
    calm,
    ports: new Map<unknown, unknown>([
      [ports.records, inBadWeather(calm.records, random, isWild)],
      [ports.objects, inBadWeather(calm.objects, random, isWild)],
    ]),
  };
}

type Call = (...args: unknown[]) => Promise<unknown>;

function inBadWeather<T extends object>(store: T, random: Random, isWild: () => boolean): T {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (...args: unknown[]) => disturb(() => (method as Call).apply(target, args));
    },
  });

  async function disturb(call: () => Promise<unknown>): Promise<unknown> {
    const luck = isWild() ? random.next() : 1;
    if (luck < NOT_DELIVERED) throw new FlowError("ServiceUnavailable", "The store did not get the request");
    const answer = await call();
    if (luck < NOT_DELIVERED + ANSWER_LOST) throw new FlowError("ServiceUnavailable", "The answer was lost");
    // The SDK sends it again: a conditional write then meets its own first attempt.
    return luck < NOT_DELIVERED + ANSWER_LOST + SENT_AGAIN ? call() : answer;
  }
}
