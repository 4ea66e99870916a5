import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpApiUrl } from "@landbridge/host/http-api";
import { declineTask } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { cliOf } from "../support/run-cli.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));
const PAUSING = `${SMALL_POLICY}guardrails: { paused: true }\n`;

async function connected(options: Parameters<typeof aFlowHost>[0] = {}): Promise<FlowHost> {
  const host = await aFlowHost({ speed: 100, ...options });
  const [report] = await host.run("connect", {}, silent);
  expect(report?.status).toBe("SUCCEEDED");
  return host;
}

async function aFile(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "landbridge-")), "access.yaml");
  await writeFile(file, text);
  return file;
}

function inForce({ deps }: FlowHost): Promise<string> {
  return deps.objects.readText(deps.settings.policyKey);
}

/** Command lines that know who calls and where the API is, and nothing of the account. */
function cliOverApi({ variables, served }: FlowHost) {
  const own = Object.entries(variables).filter(([name]) => !name.startsWith("LANDBRIDGE_"));
  return cliOf({
    variables: { ...Object.fromEntries(own), LANDBRIDGE_API_URL: httpApiUrl(served?.url ?? "") },
  });
}

describe("landbridge apply --policy", () => {
  it("puts a policy in force that changes no access: it pauses all runs, and ends the pause", async () => {
    const host = await connected();
    const cli = cliOf(host);

    const paused = await cli.run("apply", "--policy", await aFile(PAUSING), "--yes");
    expect(paused, paused.err).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("Policy: in force. All runs are paused") as string,
    });
    expect(await cli.run("apply", "--yes")).toMatchObject({ exitCode: 0 });
    const [run] = await host.run("sync-access", {}, silent);
    expect(run).toMatchObject({ error: "SyncPaused" });

    const good = await aFile(SMALL_POLICY);
    expect(await cli.run("apply", "--policy", good, "--yes")).toMatchObject({ exitCode: 0 });
    expect(await inForce(host)).toBe(SMALL_POLICY);
    expect(await cli.run("apply", "--policy", good, "--yes")).toMatchObject({
      exitCode: 0,
      out: "Policy: already in force.\n",
    });
  });

  it("does exactly what its plan says while events are listened to: nobody else takes the new policy up", async () => {
    const host = await connected({ reactsToEvents: true });
    const applied = await cliOf(host).run("apply", "--policy", await aFile(WITHOUT_AUDITORS), "--yes");
    expect(applied, applied.err).toMatchObject({
      exitCode: 0,
      out: "Policy: in force.\nAssignments: 0 created, 2 deleted, 0 failed.\n",
    });
    expect(applied.err).not.toContain("WaitForOtherRun");
  });

  it("says that a policy is held, and leaves the one in force as it is when somebody declines", async () => {
    const tasks: string[] = [];
    const host = await connected({
      variables: { LANDBRIDGE_MAX_DELETIONS: "1" },
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        tasks.push(task.taskId);
        return undefined;
      },
    });
    const cli = cliOf(host);
    const file = await aFile(WITHOUT_AUDITORS);

    const held = await cli.run("apply", "--policy", file, "--yes");
    expect(held, held.err).toMatchObject({
      exitCode: 3,
      out: "Policy: held; it takes effect when somebody approves its plan.\n",
    });
    expect(await inForce(host)).toBe(SMALL_POLICY);

    await declineTask(tasks[0] ?? "", "too much", { ...host.deps, answeredBy: "bo@small.example" });
    const [run] = await host.deps.executions.list("sync-access");
    await host.runtime.stepFunctions.untilEnded(run?.arn ?? "");
    expect(await inForce(host)).toBe(SMALL_POLICY);
    expect(await cli.run("drift")).toMatchObject({ exitCode: 0 });
  });

  it("says so when the policy is declined while it watches", async () => {
    const declined = Promise.withResolvers<void>();
    const host = await connected({
      variables: { LANDBRIDGE_MAX_DELETIONS: "1" },
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        const by = { ...running.deps, answeredBy: "bo@small.example" };
        return declineTask(task.taskId, "too much", by).then(declined.resolve, declined.reject);
      },
    });
    const watching = cliOf(host).watch("apply", "--policy", await aFile(WITHOUT_AUDITORS), "--yes");
    expect(await watching.exitCode).toBe(1);
    await declined.promise;
    expect(watching.printed()).toContain("Policy: declined and discarded; the one in force has not changed.");
  });

  it("through the API plans there and carries out that plan, with the policy or with a plan file", async () => {
    const host = await connected();
    const cli = cliOverApi(host);
    const policy = await aFile(WITHOUT_AUDITORS);

    const plan = `${policy}.json`;
    const planned = await cli.run("plan", "--policy", policy, "--out", plan);
    expect(planned, planned.err).toMatchObject({ exitCode: 2 });
    expect(planned.out).toContain("0 to create, 2 to delete");
    expect(await inForce(host)).toBe(SMALL_POLICY);
    const applied = await cli.run("apply", "--plan", plan, "--yes");
    expect(applied, applied.err).toMatchObject({
      exitCode: 0,
      out: "Policy: in force.\nAssignments: 0 created, 2 deleted, 0 failed.\n",
    });
    const stale = await cli.run("apply", "--plan", plan, "--yes");
    expect(stale).toMatchObject({ exitCode: 1, err: expect.stringContaining("PlanStale") as string });

    const back = await cli.run("apply", "--policy", await aFile(SMALL_POLICY), "--yes");
    expect(back, back.err).toMatchObject({
      exitCode: 0,
      out: "Policy: in force.\nAssignments: 2 created, 0 deleted, 0 failed.\n",
    });
    const same = await cli.run("apply", "--policy", await aFile(SMALL_POLICY), "--yes");
    expect(same, same.err).toMatchObject({ exitCode: 0, out: "Policy: already in force.\n" });
    const bad = await cli.run("apply", "--policy", await aFile(`${SMALL_POLICY}surprise: 1\n`), "--yes");
    expect(bad).toMatchObject({ exitCode: 2, err: expect.stringMatching(/access\.yaml:\d+:\d+/) as string });
  });

  it.each([
    ["in the account", cliOf],
    ["through the API", cliOverApi],
  ])("puts the first policy of a deployment in force, before connect has been run, %s", async (_, cliFor) => {
    const host = await aFlowHost({ speed: 100, policy: null });
    const file = await aFile(SMALL_POLICY);
    const first = await cliFor(host).run("apply", "--policy", file, "--yes");
    expect(first, first.err).toMatchObject({
      exitCode: 0,
      out:
        "Policy: in force. No access was changed: run connect first.\n" +
        "Assignments: 0 created, 0 deleted, 0 failed.\n",
    });
    expect(await inForce(host)).toBe(SMALL_POLICY);
    expect(host.sandbox.assignments()).toHaveLength(0);
  });
});
