import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const ZONES = fileURLToPath(new URL("../../../shared/fixtures/landing-zone-accelerator/", import.meta.url));
const absent = !existsSync(ZONES);
const why = absent ? " (skipped: ../shared/fixtures is not beside this repository)" : "";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "landing-zone-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(absent)(`a real landing zone${why}`, () => {
  it.each([
    ["all-enabled", 7],
    ["all-enabled-delegated-admin", 4],
  ])("%s: imported, connected, %i assignments made", async (zone, desired) => {
    const imported = await runCli("import", "lza", `${ZONES}${zone}`, "--out", folder);
    expect(imported.exitCode, imported.err).toBe(0);

    const files = ["policy", "organization", "directory"].flatMap((kind) => [
      `--${kind}`,
      join(folder, `${kind === "policy" ? "access" : kind}.yaml`),
    ]);
    const { exitCode, out, err } = await runCli("demo", "--json", "--speed", "100", ...files);

    expect(exitCode, err).toBe(0);
    expect(JSON.parse(out).assignments).toEqual({ desired, created: desired, deleted: 0, failed: 0 });
  });
});
