import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerTask, listOpenTasks } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf, runCli } from "../support/run-cli.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

async function aConnectedCompany(variables: Record<string, string> = {}): Promise<FlowHost> {
  const host = await aFlowHost({
    speed: 100,
    variables,
    operator: (running, task) =>
      task.kind === "plan-approval" ? Promise.resolve() : answerAsOperator(running, task),
  });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return host;
}

/** Files in a separate folder: a policy that removes the auditors' access, and the path of its plan. */
async function someFiles(): Promise<{ policy: string; plan: string }> {
  const folder = await mkdtemp(join(tmpdir(), "landbridge-"));
  const policy = join(folder, "access.yaml");
  await writeFile(policy, WITHOUT_AUDITORS);
  return { policy, plan: join(folder, "plan.json") };
}

function removeByHand({ sandbox }: FlowHost): void {
  const [byHand] = sandbox.assignments();
  if (byHand) sandbox.states.identityCenter.roles.unassign(byHand);
}

describe("landbridge plan --out and apply --plan", () => {
  it("carries out what was planned, with the policy that it was planned for", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    const { policy, plan } = await someFiles();
    expect(await cli.run("plan", "--policy", policy, "--out", plan)).toMatchObject({ exitCode: 2 });

    const applied = await cli.run("apply", "--plan", plan, "--yes");

    expect(applied, applied.err).toMatchObject({ exitCode: 0 });
    expect(host.sandbox.assignments()).toHaveLength(6);
    expect(await host.deps.objects.readText(host.deps.settings.policyKey)).toBe(WITHOUT_AUDITORS);
  });

  it("refuses an edited plan and one that the world has overtaken, and changes nothing", async () => {
    const host = await aConnectedCompany();
    const cli = cliOf(host);
    const { policy, plan } = await someFiles();
    await cli.run("plan", "--policy", policy, "--out", plan);
    const text = await readFile(plan, "utf8");

    await writeFile(plan, text.replace("Auditors", "Engineers"));
    const edited = await cli.run("apply", "--plan", plan, "--yes");
    expect(edited).toMatchObject({ exitCode: 1, err: expect.stringContaining("PlanFileEdited") as string });

    await writeFile(plan, text);
    removeByHand(host);
    const stale = await cli.run("apply", "--plan", plan, "--yes");
    expect(stale).toMatchObject({ exitCode: 1, err: expect.stringContaining("PlanStale") as string });
    expect(stale.err).toMatch(/new: +create Builder for Engineers/);
    expect(stale.err).toContain("Plan again");
    expect(host.sandbox.assignments()).toHaveLength(7);
    expect(await host.deps.objects.readText(host.deps.settings.policyKey)).toBe(SMALL_POLICY);
  });

  it("is refused by the flow too when the world changes on the way there", async () => {
    const host = await aConnectedCompany();
    const [run] = await host.run(
      "sync-access",
      { scope: "full", mode: "apply", planHash: "0".repeat(64) },
      silent,
    );
    expect(run).toMatchObject({ status: "FAILED", error: "PlanStale" });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("cannot be named together with a policy", async () => {
    const { policy, plan } = await someFiles();
    expect(await runCli("apply", "--plan", plan, "--policy", policy, "--yes")).toMatchObject({ exitCode: 2 });
  });
});

describe("landbridge apply of a plan that the guardrails hold", () => {
  it("says why and how it is approved, ends with 3 without a terminal, and continues once somebody else approves", async () => {
    const host = await aConnectedCompany({
      LANDBRIDGE_MAX_DELETIONS: "1",
      LANDBRIDGE_APPROVERS: "reviewer@small.example",
    });
    const { policy } = await someFiles();

    const held = await cliOf(host).run("apply", "--policy", policy, "--yes");

    const [task] = await listOpenTasks(host.deps);
    expect(held, held.err).toMatchObject({ exitCode: 3 });
    expect(held.err).toContain("without approval at most 1 are");
    expect(held.err).toContain(`npm run landbridge -- tasks answer ${task?.id}`);
    expect(host.sandbox.assignments()).toHaveLength(8);

    const answer = { confirmation: "APPROVE" };
    await answerTask(task?.id ?? "", answer, { ...host.deps, answeredBy: "reviewer@small.example" });
    await expect.poll(() => host.sandbox.assignments().length, { timeout: 20_000 }).toBe(6);
  });
});
