import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { keptCalls } from "./record-calls.ts";
import { beginRun } from "./recorded-calls.ts";

function aFolderWith(...runs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "landbridge-calls-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const run of runs) {
    mkdirSync(join(folder, run));
    const record = { file: `${run}.test.ts`, calls: { "watch/inspect-access": [`sso:${run}`] } };
    writeFileSync(join(folder, run, "record.json"), JSON.stringify(record));
  }
  return folder;
}

describe("what a run of tests has recorded", () => {
  it("is gone when all tests run again", () => {
    const folder = aFolderWith("all", "1-of-2", "somebody-elses");
    expect(beginRun(folder, null)).toBe(join(folder, "all"));
    expect(readdirSync(folder)).toEqual(["somebody-elses"]);
  });

  it("stays while the other shards of the run are at work, and is read together", () => {
    const folder = aFolderWith("1-of-2", "2-of-2", "1-of-3", "all");
    expect(beginRun(folder, { index: 2, count: 2 })).toBe(join(folder, "2-of-2"));
    expect(readdirSync(folder)).toEqual(["1-of-2"]);

    const { calls, files } = keptCalls(aFolderWith("1-of-2", "2-of-2"));
    const actions = calls.get("watch/inspect-access");
    expect(actions).toEqual(new Set(["sso:1-of-2", "sso:2-of-2"]));
    expect(files).toEqual(new Set(["1-of-2.test.ts", "2-of-2.test.ts"]));
  });

  it("is nothing before there was a run", () => {
    const folder = join(aFolderWith(), "none");
    expect(beginRun(folder, { index: 1, count: 2 })).toBe(join(folder, "1-of-2"));
    expect(keptCalls(folder)).toEqual({ calls: new Map(), files: new Set() });
  });
});
