import { readFileSync } from "node:fs";
import { answerTask, declineTask, readTask, readTaskDocument, takeFence } from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

function exampleInput(name: string): object {
  const file = new URL(`../../stepfunctions/sync-access/examples/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as object;
}

function writes(counts: Record<string, Record<string, number>>): string[] {
  return Object.keys(counts["sso-admin"] ?? {}).filter(
    (operation) => !/^(List|Describe|Get)/.test(operation),
  );
}

describe("sync-access", () => {
  it("writes nothing when it runs a second time", async () => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    const before = host.sandbox.calls.calls.length;

    const [second] = await host.run("sync-access", exampleInput("apply"), silent);

    expect(second).toMatchObject({
      status: "SUCCEEDED",
      output: { assignments: { desired: 8, created: 0, deleted: 0, failed: 0 } },
    });
    expect(writes(host.sandbox.calls.count(before))).toEqual([]);
  });

  it("brings a group that the policy newly names, and gives it its access, in one run", async () => {
    const host = await aFlowHost();
    await putPolicy(host, WITHOUT_AUDITORS);
    await host.run("connect", {}, silent);
    expect(host.sandbox.assignments()).toHaveLength(6);
    await putPolicy(host, SMALL_POLICY);

    const [run] = await host.run("sync-access", {}, silent);

    expect(run).toMatchObject({
      status: "SUCCEEDED",
      output: { assignments: { desired: 8, created: 2, failed: 0 } },
    });
    expect(host.sandbox.groups().map(({ attributes }) => attributes.displayName)).toContain("Auditors");
  });

  it("reports who asked for it, which plan it was, and what was there before and after", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" } });
    await host.run("connect", {}, silent);
    await putPolicy(host, WITHOUT_AUDITORS);

    const [run] = await host.run("sync-access", { requestedBy: "ada@small.example" }, silent);

    const key = `sync-access/reports/${run?.executionArn.split(":").at(-1)}.json`;
    expect(run?.output).toMatchObject({ reportKey: key });
    const report: unknown = JSON.parse(await host.deps.objects.readText(key));
    expect(report).toMatchObject({
      requestedBy: "ada@small.example",
      scope: { scope: "full" },
      result: "complete",
      plan: { planHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      before: { wanted: 6, unwanted: 2 },
      after: { wanted: 6, unwanted: 0 },
    });
    expect(host.seen).toContainEqual({
      code: "sync.reported",
      payload: expect.objectContaining({ requestedBy: "ada@small.example", deleted: 2 }) as object,
    });
  });

  it("waits while another run has the fence, however long, and then plans again", async () => {
    const host = await aFlowHost();
    await host.run("connect", {}, silent);
    await putPolicy(host, WITHOUT_AUDITORS);
    const { records, clock, executions } = host.deps;
    const until = clock.now() + 3_600_000;
    // Waits until then, whatever it is for.
    const other = await executions.start("drain-changes", { claimAt: new Date(until).toISOString() });
    await takeFence({ executionArn: other, redrives: 0 }, { records, executions });
    const arn = await executions.start("sync-access", { scope: "full", mode: "apply" });
    await clock.sleep(1_800_000);
    expect(await executions.status(arn)).toBe("RUNNING");
    // The policy that this run was going to delete for is no longer in force.
    await putPolicy(host, SMALL_POLICY);

    await host.runtime.stepFunctions.untilEnded(arn);

    expect(clock.now()).toBeGreaterThan(until);
    expect(await executions.read(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: { assignments: { desired: 8, created: 0, deleted: 0 } },
    });
  });

  it("only plans in mode plan", async () => {
    const host = await aFlowHost();

    const [run] = await host.run("sync-access", exampleInput("plan"), silent);

    expect(run).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "planned", assignments: { desired: 8, created: 0 } },
    });
    expect(writes(host.sandbox.calls.count())).toEqual([]);
  });

  it("deletes what it made once no rule asks for it, and nothing that somebody else made", async () => {
    const host = await aFlowHost({ variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" } });
    await host.run("connect", {}, silent);
    const { identityCenter } = host.sandbox.states;
    const foreign = {
      ...host.sandbox.assignments()[0],
      accountId: host.sandbox.states.organization.managementAccountId,
    };
    identityCenter.roles.assign(foreign as Parameters<typeof identityCenter.roles.assign>[0], 1);
    await putPolicy(host, WITHOUT_AUDITORS);

    const [run] = await host.run("sync-access", {}, silent);

    expect(run).toMatchObject({ output: { assignments: { desired: 6, created: 0, deleted: 2, failed: 0 } } });
    expect(host.sandbox.assignments()).toHaveLength(7);
  });

  it("holds a plan over the guardrail until a person approves exactly it", async () => {
    const read: string[] = [];
    const host = await aFlowHost({
      variables: { LANDBRIDGE_MAX_DELETIONS: "1", LANDBRIDGE_APPROVERS: "operator" },
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        const { subject } = await readTask(task.taskId, running.deps);
        read.push((await readTaskDocument(subject, running.deps)) ?? "");
        await answerTask(
          task.taskId,
          { confirmation: "APPROVE" },
          { ...running.deps, answeredBy: "operator" },
        );
      },
    });
    await host.run("connect", {}, silent);
    await putPolicy(host, WITHOUT_AUDITORS);

    const [run] = await host.run("sync-access", {}, silent);

    expect(run).toMatchObject({ status: "SUCCEEDED", output: { assignments: { deleted: 2 } } });
    expect(run?.states.map(({ name }) => name)).toContain("AwaitApproval");
    expect(read.join()).toMatch(/^\s*- .*Auditors/m);
  });

  it("changes nothing when the approval is refused", async () => {
    const host = await aFlowHost({
      variables: { LANDBRIDGE_MAX_DELETIONS: "1" },
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        await declineTask(task.taskId, "not today", { ...running.deps, answeredBy: "operator" });
      },
    });
    await host.run("connect", {}, silent);
    await putPolicy(host, WITHOUT_AUDITORS);

    const [run] = await host.run("sync-access", {}, silent);

    expect(run).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("fails with the position in the file when the policy names a group that does not exist", async () => {
    const host = await aFlowHost();
    await putPolicy(host, SMALL_POLICY.replace("groups: [Auditors]", "groups: [Nobody]"));

    const [run] = await host.run("sync-access", {}, silent);

    expect(run).toMatchObject({ status: "FAILED", error: "PolicyInvalid" });
    expect(run?.cause).toMatch(/access\.yaml:12:14 rules\[1\]\.groups\[0\]/);
    expect(writes(host.sandbox.calls.count())).toEqual([]);
  });
});
