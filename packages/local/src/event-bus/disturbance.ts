/**
 * What EventBridge may do to any delivery: it delivers at least once, in any order. Both come from the injected randomness,
 * so that a run can be repeated.
 */
export interface Disturbance {
  /** From 0 to 1: how likely a delivery happens twice. */
  readonly duplicateProbability: number;
  /** Every delivery waits for something between 0 and this. */
  readonly longestDelayMilliseconds: number;
}

export const NO_DISTURBANCE: Disturbance = { duplicateProbability: 0, longestDelayMilliseconds: 0 };

/** @returns for each delivery of one event to one target, how long it waits, in milliseconds */
export function drawDelays(disturbance: Disturbance, random: () => number): readonly number[] {
  const { duplicateProbability, longestDelayMilliseconds } = disturbance;
  const copies = duplicateProbability > 0 && random() < duplicateProbability ? 2 : 1;
  return Array.from({ length: copies }, () =>
    longestDelayMilliseconds > 0 ? Math.floor(random() * longestDelayMilliseconds) : 0,
  );
}
