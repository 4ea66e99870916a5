import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { contractCheck } from "@landbridge/contract-check";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder where each test file stores its counts of checked exchanges. */
    contractCounts: string;
  }
}

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/landbridge/", import.meta.url));

/** Collects the counts of all workers; ends the run with a table of them, or with the reason why there is none. */
export function setup(project: TestProject): () => void {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(`${CACHE}contract-counts-`);
  project.provide("contractCounts", folder);
  return () => {
    const counts = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));
    rmSync(folder, { recursive: true });
    process.stdout.write(contractCheck === null ? SKIPPED : renderCounts(counts as Counts[]));
  };
}

type Counts = Readonly<Record<string, number>>;

const SKIPPED =
  "\nContract checks: SKIPPED. The contracts are not in this clone: ../shared/contracts does not exist.\n";

/** A line for each service, and their sum. */
export function renderCounts(files: readonly Counts[]): string {
  const sums = new Map<string, number>();
  for (const counts of files) {
    for (const [service, count] of Object.entries(counts))
      sums.set(service, (sums.get(service) ?? 0) + count);
  }
  if (sums.size === 0) return "\nContract checks: none of these tests calls a service.\n";
  const total = [...sums.values()].reduce((sum, count) => sum + count, 0);
  const rows = [...[...sums].sort(([a], [b]) => a.localeCompare(b)), ["total", total] as const];
  const lines = rows.map(([service, count]) => `  ${service.padEnd(16)}${String(count).padStart(8)}`);
  return `\nContract checks: calls checked, in both directions\n${lines.join("\n")}\n`;
}
