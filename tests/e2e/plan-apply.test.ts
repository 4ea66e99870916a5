import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf, runCli } from "../support/run-cli.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

/** A connected company on loopback. */
async function aConnectedCompany(variables: Record<string, string> = {}): Promise<FlowHost> {
  const host = await aFlowHost({ speed: 100, variables });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return host;
}

async function aPolicyFile(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "landbridge-")), "access.yaml");
  await writeFile(file, text);
  return file;
}

describe("landbridge plan and apply", () => {
  it("plan says by its exit code whether anything would change, and changes nothing", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    const file = await aPolicyFile(WITHOUT_AUDITORS);

    const same = await cli.run("plan");
    expect(same).toMatchObject({ exitCode: 0 });
    expect(same.out).toContain("0 to create, 0 to delete, 8 unchanged");

    const other = await cli.run("plan", "--policy", file, "--json");
    expect(other).toMatchObject({ exitCode: 2 });
    expect(JSON.parse(other.out)).toMatchObject({
      verdict: { verdict: "go" },
      plan: { counts: { deletes: 2, creates: 0, unchanged: 6 } },
    });
    const markdown = await cli.run("plan", "--policy", file, "--markdown");
    expect(markdown.out).toContain("| Assignments | 0 | – | 2 | 6 |");
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("drift shows what somebody changed by hand", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    expect(await cli.run("drift")).toMatchObject({ exitCode: 0 });
    const { identityCenter } = host.sandbox.states;
    const [byHand] = host.sandbox.assignments();
    if (byHand) identityCenter.roles.unassign(byHand);

    const drift = await cli.run("drift");

    expect(drift).toMatchObject({ exitCode: 2 });
    expect(drift.out).toContain("1 to create, 0 to delete, 7 unchanged");
  });

  it("policy explain says what a user has and why, and that somebody is nobody", async () => {
    const cli = cliOf(await aConnectedCompany());
    const bo = await cli.run("policy", "explain", "bo@small.example");
    expect(bo, bo.err).toMatchObject({ exitCode: 0 });
    expect(bo.out).toContain("through Engineers > Interns");
    expect(bo.out).toContain("engineers build");
    const nobody = await cli.run("policy", "explain", "bu@small.example");
    expect(nobody).toMatchObject({ exitCode: 2 });
    expect(nobody.err).toContain("bu@small.example");
  });

  it("policy check needs no account, and names line and column", async () => {
    const good = await runCli("policy", "check", await aPolicyFile(SMALL_POLICY));
    expect(good).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("2 rules, 2 permission sets") as string,
    });
    const bad = await runCli("policy", "check", await aPolicyFile(`${SMALL_POLICY}surprise: 1\n`));
    expect(bad).toMatchObject({ exitCode: 2, err: expect.stringMatching(/access\.yaml:\d+:\d+/) as string });
  });

  it("apply puts the policy in force and brings access to it; a plan after it is empty", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    const file = await aPolicyFile(WITHOUT_AUDITORS);

    const applied = await cli.run("apply", "--policy", file, "--yes");

    expect(applied, applied.err).toMatchObject({ exitCode: 0 });
    expect(applied.err).toContain("sync-access SUCCEEDED");
    expect(applied.out).toBe("Policy: in force.\nAssignments: 0 created, 2 deleted, 0 failed.\n");
    expect(host.sandbox.assignments()).toHaveLength(6);
    expect(await cli.run("plan")).toMatchObject({ exitCode: 0 });
    expect(await cli.run("apply", "--yes")).toMatchObject({ exitCode: 0 });
  });

  it("a mistyped flag, a missing file and a missing variable are errors, not changes", async () => {
    const { variables } = await aConnectedCompany();
    const cli = cliOf({ variables });
    expect(await cli.run("plan", "--polcy", "x")).toMatchObject({ exitCode: 1 });
    const missing = await cli.run("plan", "--policy", "/nowhere/access.yaml");
    expect(missing).toMatchObject({ exitCode: 1 });
    expect(missing.err).toContain("/nowhere/access.yaml");
    const unset = await cliOf({ variables: { ...variables, LANDBRIDGE_TABLE: undefined } }).run("plan");
    expect(unset).toMatchObject({ exitCode: 1 });
    expect(unset.err).toContain("LANDBRIDGE_TABLE");
  });

  it("apply does not write without a yes", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    const refused = await cli.run("apply", "--policy", await aPolicyFile(WITHOUT_AUDITORS));
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.err).toContain("--yes");
    expect(host.sandbox.assignments()).toHaveLength(8);
  });
});
