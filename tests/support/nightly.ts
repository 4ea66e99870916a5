/**
 * Whether this is `npm run test:nightly`. By day a test with many points or seeds tries one of each kind; at night it tries
 * them all.
 */
export const NIGHTLY = process.env["LANDBRIDGE_NIGHTLY"] === "true";

/**
 * The seeds of a simulation: few by day, more at night, and those of `LANDBRIDGE_CAMPAIGN_SEEDS` (`1001-2000`) in a campaign
 * that somebody runs by hand.
 */
export function campaignSeeds({
  byDay,
  atNight,
}: {
  readonly byDay: number;
  readonly atNight: number;
}): number[] {
  const seeds = process.env["LANDBRIDGE_CAMPAIGN_SEEDS"] ?? `1-${NIGHTLY ? atNight : byDay}`;
  const [from = 1, to = from] = seeds.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
