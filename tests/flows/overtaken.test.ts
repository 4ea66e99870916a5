import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { pauseSync, resumeSync } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { aBusyCompany, ALL_GROUPS, type BusyCompany } from "../support/busy-company.ts";
import { aFlowHost, silent } from "../support/flow-host.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const DAY = 86_400_000;
const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

interface Report {
  readonly result: string;
  readonly assignments: { readonly created: number; readonly deleted: number; readonly failed: number };
  readonly before: object;
  readonly after: object;
}

/** How an execution of sync-access ended, and what it reported. */
async function outcomeOf({ host }: BusyCompany, executionArn: string) {
  const execution = await host.deps.executions.read(executionArn);
  const key = `sync-access/reports/${execution.name}.json`;
  const report =
    execution.status === "SUCCEEDED" ? (JSON.parse(await host.deps.objects.readText(key)) as Report) : null;
  return { execution, report };
}

async function run(company: BusyCompany): Promise<string> {
  const { executions } = company.host.deps;
  const executionArn = await executions.start("sync-access", { scope: "full", mode: "apply" });
  await company.host.runtime.stepFunctions.untilEnded(executionArn);
  return executionArn;
}

async function redrive({ host }: BusyCompany, executionArn: string): Promise<void> {
  await host.stepFunctions.send(new RedriveExecutionCommand({ executionArn }));
  await host.runtime.stepFunctions.untilEnded(executionArn);
}

function count(writes: readonly string[], action: "Create" | "Delete"): number {
  return writes.filter((write) => write.startsWith(action)).length;
}

/** Everybody should have had access; the run was paused in between, and the policy now gives it to two groups. */
async function anOldFailure(): Promise<{ company: BusyCompany; executionArn: string }> {
  const company = await aBusyCompany();
  await company.putPolicy(ALL_GROUPS);
  company.atPoll(6, async () => {
    await pauseSync({ reason: "incident 7", by: "olivia" }, company.host.deps);
  });
  const executionArn = await run(company);
  expect((await outcomeOf(company, executionArn)).execution).toMatchObject({ error: "SyncPaused" });
  await company.putPolicy(2);
  return { company, executionArn };
}

describe("a run that failed while it applied, redriven ten days later", () => {
  it("plans again: what is no longer wanted is not given, and what it gave of that is taken", async () => {
    const { company, executionArn } = await anOldFailure();
    await company.host.deps.clock.sleep(10 * DAY);
    await company.host.deps.records.remove("pause", "sync-access");
    const given = company.takeWrites();

    await redrive(company, executionArn);

    const writes = company.takeWrites();
    const all = [...given, ...writes];
    expect((await outcomeOf(company, executionArn)).report).toMatchObject({
      result: "complete",
      assignments: { created: count(all, "Create"), deleted: count(all, "Delete"), failed: 0 },
    });
    expect(company.isAsWanted(2)).toBe(true);
    expect(count(writes, "Create")).toBeLessThanOrEqual(80);
  });

  it("changes nothing when another run has done everything meanwhile", async () => {
    const { company, executionArn } = await anOldFailure();
    await resumeSync(company.host.deps);
    await company.host.deps.clock.sleep(10 * DAY);
    expect(company.isAsWanted(2)).toBe(true);
    company.takeWrites();

    await redrive(company, executionArn);

    expect((await outcomeOf(company, executionArn)).execution).toMatchObject({ status: "SUCCEEDED" });
    expect(company.takeWrites()).toEqual([]);
  });
});

describe("a run whose policy changes while it applies", () => {
  it("continues with the new one, and reports what it did for both", async () => {
    const company = await aBusyCompany();
    await company.putPolicy(ALL_GROUPS);
    company.atPoll(8, () => company.putPolicy(2));

    const executionArn = await run(company);

    const writes = company.takeWrites();
    expect(company.isAsWanted(2)).toBe(true);
    expect(count(writes, "Delete"), "given for the first policy").toBeGreaterThan(0);
    expect((await outcomeOf(company, executionArn)).report).toMatchObject({
      result: "complete",
      assignments: {
        desired: 81,
        created: count(writes, "Create"),
        deleted: count(writes, "Delete"),
        failed: 0,
      },
      before: { wanted: 1, unwanted: 0 },
      after: { wanted: 81, unwanted: 0 },
    });
  });

  it("is charged for its deletions once", async () => {
    const company = await aBusyCompany({ variables: { LANDBRIDGE_DELETIONS_PER_DAY: "200" } });
    await company.putPolicy(ALL_GROUPS);
    await run(company);
    await company.putPolicy(0);
    // Again the same: a new version with the same 200 deletions.
    company.atPoll(8, () => company.putPolicy(0, "# again\n"));

    const executionArn = await run(company);

    expect((await outcomeOf(company, executionArn)).report).toMatchObject({
      result: "complete",
      assignments: { deleted: 200 },
    });
  });
});

describe("a run that waits for a group to arrive", () => {
  it("gives nothing when the policy that named the group is taken back meanwhile", async () => {
    let isWaiting = false;
    const host = await aFlowHost({
      policy: WITHOUT_AUDITORS,
      layers: [
        (_service, inner) => ({
          async fetch(request) {
            if (isWaiting && request.url.endsWith("/provisionOnDemand")) {
              isWaiting = false;
              await host.deps.objects.putText(host.deps.settings.policyKey, WITHOUT_AUDITORS);
            }
            return inner.fetch(request);
          },
        }),
      ],
    });
    await host.run("connect", {}, silent);
    const before = host.sandbox.assignments();
    await host.deps.objects.putText(host.deps.settings.policyKey, SMALL_POLICY);
    isWaiting = true;

    const [report] = await host.run("sync-access", {}, silent);

    expect(isWaiting, "the group was asked for").toBe(false);
    expect(report).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "complete", assignments: { desired: 6, created: 0, deleted: 0 } },
    });
    expect(host.sandbox.assignments()).toEqual(before);
    const { history } = await host.deps.executions.read(report?.executionArn ?? "");
    const entered = history.filter(({ what }) => what === "entered").map(({ subject }) => subject);
    expect(entered.filter((state) => state === "LoadPolicy")).toHaveLength(2);
    expect(entered.indexOf("ApplyAssignments")).toBeGreaterThan(entered.lastIndexOf("LoadPolicy"));
  });
});

describe("a run that follows at once on one that was killed", () => {
  it("sees the last operations of the dead one, and does none of them again", async () => {
    const company = await aBusyCompany();
    await company.putPolicy(ALL_GROUPS);
    const atDeath: { there: number | null } = { there: null };
    company.atPoll(6, () => {
      atDeath.there = company.assignments().size;
      company.kill();
    });
    await run(company);
    const begun = company.takeWrites();
    expect(begun.length + 2, "operations in progress at its death").toBeGreaterThan(atDeath.there ?? 0);

    const executionArn = await run(company);

    expect((await outcomeOf(company, executionArn)).report).toMatchObject({
      assignments: { created: 200 - begun.length, failed: 0 },
      before: { wanted: begun.length + 1 },
    });
    expect(company.takeWrites().filter((write) => begun.includes(write))).toEqual([]);
  });
});
