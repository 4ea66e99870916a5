import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ContractFolders, contractFolders } from "@landbridge/contract-check";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder where each test file stores its counts of checked exchanges. */
    contractCounts: string;
  }
}

const CACHE = fileURLToPath(new URL("../../node_modules/.cache/landbridge/", import.meta.url));

/** Collects the counts of all workers; ends the run with a table of them, and with what could not be checked. */
export function setup(project: TestProject): () => void {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(`${CACHE}contract-counts-`);
  project.provide("contractCounts", folder);
  return () => {
    const counts = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));
    rmSync(folder, { recursive: true });
    process.stdout.write(`${renderCounts(counts as Counts[])}${renderAbsent(contractFolders)}`);
  };
}

type Counts = Readonly<Record<string, number>>;

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

const NAMES = { aws: "AWS", graph: "Microsoft Graph", scim: "SCIM" } as const;

/** Names whose contracts this clone has not, and what brings them; nothing when it has all. */
export function renderAbsent(folders: ContractFolders): string {
  const absent = (["aws", "graph", "scim"] as const).filter((vendor) => folders[vendor] === null);
  if (absent.length === 0) return "";
  const names = absent.map((vendor) => NAMES[vendor]).join(", ");
  const command = absent.includes("aws") ? " `npm run contracts:install` fetches AWS's models." : "";
  return `Contract checks SKIPPED for ${names}: their contracts are not here (docs/testing.md).${command}\n`;
}
