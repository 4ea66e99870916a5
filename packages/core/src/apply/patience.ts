import { type ErrorName, isFlowError } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";

const MINUTE = 60_000;

/** How long a refusal of the same kind counts as temporary, in milliseconds. Other refusals are final at once. */
export const PATIENCE = {
  /** AWS does not document how long sso-admin needs to see a principal after SCIM answers. */
  NotPropagatedYet: 5 * MINUTE,
  /** Somebody else changes the role in that account. */
  ConflictingOperation: 10 * MINUTE,
  Throttled: 10 * MINUTE,
  ServiceUnavailable: 10 * MINUTE,
} as const satisfies Partial<Record<ErrorName, number>>;

export type PassingErrorName = keyof typeof PATIENCE;
export const PASSING_ERRORS: PassingErrorName[] = [
  "NotPropagatedYet",
  "ConflictingOperation",
  "Throttled",
  "ServiceUnavailable",
];

/** Milliseconds to wait after the n-th refusal (from 1): 1, 2, 4 … 30 seconds, or what the other side asks for. */
export function backoff(times: number, retryAfterSeconds?: number): number {
  return Math.max(Math.min(1_000 * 2 ** (times - 1), 30_000), (retryAfterSeconds ?? 0) * 1_000);
}

/** Repeats a read that is throttled or not answered, for up to two minutes. @throws what the read throws */
export async function readPatiently<T>(clock: Clock, read: () => Promise<T>): Promise<T> {
  const giveUpAt = clock.now() + 2 * MINUTE;
  for (let times = 1; ; times++) {
    try {
      return await read();
    } catch (error) {
      if (!isFlowError(error, "Throttled", "ServiceUnavailable")) throw error;
      const pause = backoff(times, error.retryAfterSeconds);
      if (clock.now() + pause > giveUpAt) throw error;
      await clock.sleep(pause);
    }
  }
}
