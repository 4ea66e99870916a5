import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { synthesize } from "./synth.ts";

/**
 * A failure inside a resource leaves the others waiting forever: the rest gets a moment to fail too, then the process ends.
 */
const SETTLE_MILLISECONDS = 300;

const { values } = parseArgs({
  options: {
    stage: { type: "string", default: "production" },
    out: { type: "string", default: ".synth/resources.json" },
  },
});
const root = fileURLToPath(new URL("../../", import.meta.url));
const problems = new Set<string>();

function fail(problem: unknown): void {
  problems.add(problem instanceof Error ? problem.message : String(problem));
  setTimeout(() => {
    for (const text of problems) console.error(text);
    process.exit(1);
  }, SETTLE_MILLISECONDS);
}

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);

try {
  const started = performance.now();
  const synthesis = await synthesize(path.resolve(root), values.stage);
  const out = path.resolve(values.out);
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(synthesis, null, 2)}\n`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${synthesis.resources.length} resources -> ${path.relative(process.cwd(), out)} (${seconds} s)`,
  );
  // Pulumi keeps handles open.
  process.exit(0);
} catch (error) {
  fail(error);
}
