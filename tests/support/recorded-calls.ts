import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder where each flow host stores the calls of its functions. */
    recordedCalls: string;
  }
}

interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Where the shards of a run, or all tests of one, store what they recorded. */
const OURS = /^(all|\d+-of-\d+)$/;

export function setup(project: TestProject): void {
  const folder = project.config.env["LANDBRIDGE_RECORDED_CALLS"] ?? "";
  project.provide("recordedCalls", beginRun(folder, project.vitest.config.shard ?? null));
}

/**
 * Deletes what an earlier run recorded, since this run may differ. A shard keeps the records of the other shards of the same
 * count, for the test that comes after all of them.
 * @param shard null: all tests run
 * @returns the folder for what this run records
 */
export function beginRun(folder: string, shard: Shard | null): string {
  const own = shard === null ? "all" : `${shard.index}-of-${shard.count}`;
  const isOfThisRun = (name: string) => name !== own && name.endsWith(`-of-${shard?.count}`);
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (OURS.test(name) && !isOfThisRun(name)) rmSync(path.join(folder, name), { recursive: true });
  return path.join(folder, own);
}
