import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "bad-input-"));
afterAll(() => rmSync(folder, { recursive: true }));

const example = readFileSync(new URL("../../examples/access.yaml", import.meta.url), "utf8");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const RULE = `version: 1
permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }
rules:
  - name: one
    groups: [GROUP]
    permissionSets: [Look]
    targets: { TARGET }
`;
const policy = (group: string, target: string) => RULE.replace("GROUP", group).replace("TARGET", target);

describe("landbridge refuses bad input with exit code 2, before anything starts", () => {
  it.each([
    [
      "an unknown group",
      policy("Nobody Knows", "root: true"),
      /:5:14 rules\[0\]\.groups\[0\]: .*Nobody Knows/,
    ],
    [
      "an unknown account",
      policy("Site Reliability", 'accounts: ["999999999999"]'),
      /:7:\d+ rules\[0\]\.targets\.accounts\[0\]/,
    ],
    [
      "an unknown organizational unit",
      policy("Site Reliability", "ou: [Nowhere]"),
      /:7:\d+ rules\[0\]\.targets\.ou\[0\]: .*Nowhere/,
    ],
    [
      "an unknown permission set",
      policy("Site Reliability", "root: true").replace("[Look]", "[Loook]"),
      /:6:\d+ rules\[0\]\.permissionSets\[0\]: .*Look/,
    ],
    ["malformed YAML", "version: 1\nrules: [", /:\d+:\d+: this is not valid YAML/],
    ["an unknown key", example.replace("permissionSets:", "permisionSets:"), /did you mean/i],
  ])("%s", async (_, text, message) => {
    const { exitCode, out, err } = await runCli("demo", "--policy", file("access.yaml", text));

    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
    expect(out).toBe("");
    expect(err).not.toContain("Sandbox at");
  });

  it("a file that is not there", async () => {
    const { exitCode, err } = await runCli("demo", "--organization", join(folder, "none.yaml"));
    expect(err).toMatch(/none\.yaml: no such file/);
    expect(exitCode).toBe(2);
  });

  it("a group member that is nobody", async () => {
    const text = 'tenant: { name: T }\ngroups: [{ name: G, users: ["ghost@t.example"] }]\n';
    const { exitCode, err } = await runCli(
      "demo",
      "--directory",
      file("directory.yaml", text),
      "--policy",
      file("p.yaml", policy("G", "root: true")),
    );
    expect(err).toContain("ghost@t.example");
    expect(exitCode).toBe(2);
  });

  it("an option that does not exist, with the one that is meant", async () => {
    const { exitCode, err } = await runCli("demo", "--interactiv");
    expect(err).toContain("--interactive");
    expect(exitCode).toBe(2);
  });

  it("--interactive without a terminal", async () => {
    const { exitCode, err } = await runCli("demo", "--interactive");
    expect(err).toContain("--interactive needs a terminal");
    expect(exitCode).toBe(2);
  });

  it("a folder that is no landing zone", async () => {
    const { exitCode, err } = await runCli("import", "lza", folder, "--out", join(folder, "out"));
    expect(err).toContain("organization-config.yaml");
    expect(exitCode).toBe(2);
  });

  it("a port in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const { exitCode, err } = await runCli("demo", "--port", String(port));
    server.close();
    expect(err).toMatch(new RegExp(`Port ${port} is in use.*--port`));
    expect(exitCode).toBe(2);
  });

  it("warns of a rule that matches nothing and continues", async () => {
    const text = policy("Site Reliability", "accountTags: { env: [moon] }");
    const { exitCode, err } = await runCli(
      "demo",
      "--json",
      "--speed",
      "100",
      "--policy",
      file("moon.yaml", text),
    );
    expect(err).toMatch(/matches no active account/);
    expect(exitCode, err).toBe(0);
  });
});
