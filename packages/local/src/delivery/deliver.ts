import type { Clock } from "@landbridge/core";

export interface RetryPolicy {
  /** 0 to 185, and 185 when absent. */
  readonly MaximumRetryAttempts?: number;
  /** 60 to 86,400, and 86,400 when absent. */
  readonly MaximumEventAgeInSeconds?: number;
}

export interface DeliveryFailure {
  readonly error: Error;
  /** The target is gone, or what it should get is no JSON: trying again would not help. */
  readonly isFinal: boolean;
  readonly retryAttempts: number;
  /** The limit of the retry policy that ended it; absent if the failure is final. */
  readonly exhausted?: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";
}

export interface DeliveryMeans {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Ends a wait for the next attempt; the delivery is then given up without a trace. */
  readonly signal: AbortSignal;
}

/** Errors of a target that no longer exists: "no retry attempts will happen" [EventBridge user guide, rule-dlq]. */
const TARGET_IS_GONE = new Set(["StateMachineDoesNotExist", "ResourceNotFoundException"]);
const FIRST_DELAY_MILLISECONDS = 1000;
/** AWS says only "exponential back off and jitter"; this cap makes 185 attempts fit into the 24 hours. */
const LONGEST_DELAY_MILLISECONDS = 480_000;

/**
 * Tries until it works or the policy is exhausted [EventBridge user guide, eb-rule-retry-policy].
 * @param attempt gets the number of the attempt, from 1
 * @returns null when it was delivered
 */
export async function deliver(
  attempt: (number: number) => Promise<void>,
  policy: RetryPolicy,
  means: DeliveryMeans,
): Promise<DeliveryFailure | null> {
  const { MaximumRetryAttempts = 185, MaximumEventAgeInSeconds = 86_400 } = policy;
  const { clock, random, signal } = means;
  const deadline = clock.now() + MaximumEventAgeInSeconds * 1000;
  for (let retryAttempts = 0; !signal.aborted; retryAttempts += 1) {
    try {
      await attempt(retryAttempts + 1);
      return null;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (thrown instanceof InvalidInput || TARGET_IS_GONE.has(error.name)) {
        return { error, isFinal: true, retryAttempts };
      }
      const failure = { error, isFinal: false, retryAttempts };
      if (retryAttempts === MaximumRetryAttempts) return { ...failure, exhausted: "MaximumRetryAttempts" };
      const delay = Math.min(FIRST_DELAY_MILLISECONDS * 2 ** retryAttempts, LONGEST_DELAY_MILLISECONDS);
      const wait = delay * (0.5 + random() / 2);
      if (clock.now() + wait > deadline) return { ...failure, exhausted: "MaximumEventAgeInSeconds" };
      await clock.sleep(wait, signal);
    }
  }
  return null;
}

/** The target's input cannot be built from the event. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
}
