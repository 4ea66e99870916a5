/** `npm run bench` prints a table, `npm run bench -- --json` an array. Exits with 1 when a limit is broken. */
import type { Measurement } from "./measurement.ts";
import { applyEngine } from "./apply-engine.ts";
import { bundles } from "./bundles.ts";
import { noChange } from "./no-change.ts";
import { planner } from "./planner.ts";
import { policyExpansion } from "./policy-expansion.ts";
import { simulatedTime } from "./simulated-time.ts";

const measurements: Measurement[] = [];
for (const bench of [policyExpansion, planner, applyEngine, noChange, simulatedTime, bundles])
  measurements.push(...(await bench()));

if (process.argv.includes("--json")) console.log(JSON.stringify(measurements, null, 2));
else
  console.table(
    Object.fromEntries(
      measurements.map(({ name, value, unit, bound, limit, ok }) => [
        name,
        { value: round(value), unit, bound: bound === null ? "" : round(bound), limit: round(limit), ok },
      ]),
    ),
  );
if (!measurements.every(({ ok }) => ok)) process.exitCode = 1;

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
