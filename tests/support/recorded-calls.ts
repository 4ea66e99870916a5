import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder that each flow host leaves the calls of its functions in. */
    recordedCalls: string;
  }
}

interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Where shards of a run, or all tests of one, have left what they recorded. */
const OURS = /^(all|\d+-of-\d+)$/;

export function setup(project: TestProject): void {
  const folder = project.config.env["LANDBRIDGE_RECORDED_CALLS"] ?? "";
  project.provide("recordedCalls", beginRun(folder, project.vitest.config.shard ?? null));
}

/**
 * What an earlier run has recorded is not what this one does, and goes. A shard leaves what the others of as many have recorded,
 * for the test that comes after all of them.
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
