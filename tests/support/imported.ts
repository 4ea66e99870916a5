import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import { expect, onTestFinished } from "vitest";
import { nobodysPolicy } from "./another-tool.ts";
import { readYaml } from "./read-yaml.ts";
import { aFlowHost, type FlowHost, silent } from "./flow-host.ts";
import { runCli } from "./run-cli.ts";

export interface Imported {
  readonly folder: string;
  /** Path of access.yaml. */
  readonly access: string;
  /** Lines of standard error, without `note: `. */
  readonly notes: readonly string[];
}

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "landbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs `landbridge import …` into a separate folder, and `policy check` on its output. */
export async function imported(
  kind: "lza" | "codepipeline" | "terraform",
  source: string,
): Promise<Imported> {
  const folder = aFolder();
  const { exitCode, err } = await runCli("import", kind, source, "--out", folder);
  expect(exitCode, err).toBe(0);
  const access = join(folder, "access.yaml");
  const check = await runCli("policy", "check", access);
  expect(check.exitCode, check.err).toBe(0);
  const notes = err.split("\n").flatMap((line) => (line.startsWith("note: ") ? [line.slice(6)] : []));
  return { folder, access, notes };
}

/** A connected sandbox with the organization and directory of an import, without any access yet. */
export async function connectedSandbox({ folder }: Pick<Imported, "folder">): Promise<FlowHost> {
  const directory = readYaml(DirectoryFile, join(folder, "directory.yaml"));
  const host = await aFlowHost({
    organization: readYaml(OrganizationFile, join(folder, "organization.yaml")),
    directory,
    policy: nobodysPolicy(directory),
    speed: 50,
  });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status, `${report?.error} ${report?.cause}`).toBe("SUCCEEDED");
  return host;
}
