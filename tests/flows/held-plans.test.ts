import type { Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import {
  ADA,
  aHeldCompany,
  approvals,
  approve,
  BO,
  CLEO,
  copyPolicy,
  daily,
  decline,
  ended,
  passDay,
  propose,
  running,
  settled,
  signedIn,
  taskOf,
  WITHOUT_AUDITORS,
} from "../support/held-company.ts";
import { silent } from "../support/flow-host.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const MINUTE = 60_000;

/** Removes two assignments of the auditors, and gives engineers a look at the sandbox and auditors the power to build. */
const MIXED = SMALL_POLICY.replace(
  "    targets: { ou: [Workloads/Production] }",
  "    targets: { accounts: [Playground] }",
)
  .concat(
    `  - name: engineers look
    groups: [Engineers]
    permissionSets: [Look, Peek]
    targets: { accounts: [Playground] }
  - name: auditors build
    groups: [Auditors]
    permissionSets: [Builder]
    targets: { accounts: [Playground] }
`,
  )
  .replace("  Look:", "  Peek: { awsManagedPolicies: [ViewOnlyAccess] }\n  Look:");

describe("a held plan", () => {
  it("stays one hold and one task, however often the daily run finds it", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    const runs: string[] = [];
    for (let day = 0; day < 6; day += 1) {
      runs.push(await daily(host));
      await passDay(host);
    }

    expect(await approvals(host)).toHaveLength(1);
    expect(await running(host)).toMatchObject([{ arn: runs[0] }]);
    const [task] = await approvals(host);
    for (const run of runs.slice(1)) {
      expect(await ended(host, run)).toMatchObject({
        status: "SUCCEEDED",
        output: { result: "held", hold: { taskId: task?.id, executionArn: runs[0] } },
      });
    }
    expect(task && (await approve(host, task, CLEO))).toBe("approved");
    expect(await ended(host, runs[0] ?? "")).toMatchObject({ output: { result: "complete" } });
    expect(host.sandbox.assignments()).toHaveLength(6);
    expect(await host.deps.records.list("hold")).toEqual([]);
  });

  it("of a drain does not keep a new account from its access", async () => {
    const host = await aHeldCompany({ reactsToEvents: true });
    await copyPolicy(host, WITHOUT_AUDITORS);
    await host.deps.clock.sleep(15 * MINUTE);
    const [task] = await approvals(host);
    expect(await running(host)).toMatchObject([
      { arn: task?.executionArn, name: expect.stringMatching(/^held-/) as string },
    ]);

    host.sandbox.administrator.createAccount("Warehouse", "Production");
    await host.deps.clock.sleep(10 * MINUTE);

    expect(host.sandbox.assignments()).toHaveLength(10);
    expect(await approvals(host)).toHaveLength(1);
    const drains = await host.deps.executions.list("drain-changes");
    expect(drains.map(({ status }) => status)).not.toContain("RUNNING");
    expect(task && (await approve(host, task, CLEO))).toBe("approved");
    expect(await ended(host, task?.executionArn ?? "")).toMatchObject({
      output: { assignments: { deleted: 2 } },
    });
  });

  it("gives way to a newer plan: its task is closed, and its run ends without a failure", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    const first = await daily(host);
    await copyPolicy(host, `${SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("rules:"))}rules: []\n`);
    await passDay(host);
    const second = await daily(host);

    expect(await ended(host, first)).toMatchObject({ status: "SUCCEEDED", output: { result: "superseded" } });
    expect(await approvals(host)).toMatchObject([
      { status: "superseded", executionArn: first },
      { status: "open", executionArn: second },
    ]);
    expect(await running(host)).toMatchObject([{ arn: second }]);
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("gives way to a newer plan that needs no approval", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    const first = await daily(host);
    await copyPolicy(host, SMALL_POLICY);
    await passDay(host);

    expect(await ended(host, await daily(host))).toMatchObject({ output: { result: "complete" } });
    expect(await ended(host, first)).toMatchObject({ status: "SUCCEEDED", output: { result: "superseded" } });
    expect(await approvals(host)).toMatchObject([{ status: "superseded" }]);
  });

  it("that somebody declined is not asked about again by itself, and asked about again when a person applies it", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    await decline(host, await taskOf(host, await daily(host)), CLEO);
    await passDay(host);

    expect(await ended(host, await daily(host))).toMatchObject({
      status: "SUCCEEDED",
      output: {
        result: "held",
        hold: { because: expect.stringContaining(`${CLEO} declined this plan`) as string },
      },
    });
    expect(await approvals(host)).toHaveLength(1);

    const byPerson = await host.deps.executions.start("sync-access", { requestedBy: ADA });
    expect(await approve(host, await taskOf(host, byPerson), CLEO)).toBe("approved");
    expect(await ended(host, byPerson)).toMatchObject({ output: { result: "complete" } });
  });

  it("of a run that somebody starts while the same is asked about already ends that run, and names the task", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    const task = await taskOf(host, await daily(host));

    const [second] = await host.run("sync-access", { requestedBy: ADA }, silent);

    expect(second).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "held", hold: { taskId: task.id } },
    });
  });
});

describe("what a held plan only adds", () => {
  it("is given at once, but for privileged access; the rest waits for its approval", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, MIXED);
    const run = await daily(host);
    const task = await taskOf(host, run);

    // Auditors and engineers look at the sandbox, engineers peek; Builder is privileged, and nothing is removed.
    expect(host.sandbox.assignments()).toHaveLength(11);
    expect(await approve(host, task, CLEO)).toBe("approved");
    expect(await ended(host, run)).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "complete", assignments: { created: 4, deleted: 2, failed: 0 } },
    });
    expect(host.sandbox.assignments()).toHaveLength(10);
  });

  it("waits too when the deployment says so, when it is only proposed, and when exactly one plan was asked for", async () => {
    const off = { LANDBRIDGE_APPLY_ADDITIONS_OF_HELD_PLANS: "false" };
    const host = await aHeldCompany({ variables: off });
    await copyPolicy(host, MIXED);
    await taskOf(host, await daily(host));
    expect(host.sandbox.assignments()).toHaveLength(8);

    const other = await aHeldCompany();
    await taskOf(other, await propose(other, MIXED, { author: ADA, starter: BO }));
    expect(other.sandbox.assignments()).toHaveLength(8);
    await copyPolicy(other, MIXED);
    const [planned] = await other.run("sync-access", { scope: "full", mode: "plan" }, silent);
    const { reportKey } = (planned?.output ?? {}) as { reportKey?: string };
    const { plan } = JSON.parse(await other.deps.objects.readText(reportKey ?? "")) as {
      plan: { planHash: string };
    };
    const bound = { scope: "full", mode: "apply", planHash: plan.planHash, requestedBy: ADA };
    await taskOf(other, await other.deps.executions.start("sync-access", bound));
    expect(other.sandbox.assignments()).toHaveLength(8);
  });
});

/** From a given moment on, AWS refuses the operation. */
function refusals(operation: string) {
  const state = { isOn: false, count: 0 };
  const layer: Layer = (service, inner) => ({
    fetch(request) {
      const isMeant = request.headers.get("x-amz-target")?.endsWith(`.${operation}`) ?? false;
      if (!state.isOn || service !== "sso-admin" || !isMeant) return inner.fetch(request);
      state.count += 1;
      const answer = { __type: "AccessDeniedException", Message: "not allowed" };
      const headers = { "content-type": "application/x-amz-json-1.1" };
      return Promise.resolve(Response.json(answer, { status: 400, headers }));
    },
  });
  return { state, layer };
}

describe("additions that fail", () => {
  it("keep nobody from being asked about the rest, and are tried once for each hold", async () => {
    const { state, layer } = refusals("CreateAccountAssignment");
    const host = await aHeldCompany({ layers: [layer] });
    await copyPolicy(host, MIXED);
    state.isOn = true;
    const task = await taskOf(host, await daily(host));
    const tried = state.count;
    for (let day = 0; day < 3; day += 1) {
      await passDay(host);
      await daily(host);
    }

    expect(tried).toBeGreaterThan(0);
    expect(state.count).toBe(tried);
    expect(await approvals(host)).toMatchObject([{ id: task.id, status: "open" }]);
  });

  it("and end their run are left to the approval by the next one", async () => {
    const { state, layer } = refusals("CreatePermissionSet");
    const host = await aHeldCompany({ layers: [layer] });
    await copyPolicy(host, MIXED);
    state.isOn = true;
    expect(await ended(host, await daily(host))).toMatchObject({ status: "FAILED", error: "AccessDenied" });
    await passDay(host);

    const task = await taskOf(host, await daily(host));

    expect(state.count).toBe(1);
    expect(await approvals(host)).toMatchObject([{ id: task.id, status: "open" }]);
  });
});

describe("a decision about a plan", () => {
  it("is stored before the run learns of it, is in its report, and is published for audits", async () => {
    const host = await aHeldCompany();
    const run = await propose(host, WITHOUT_AUDITORS, { author: ADA, starter: ADA });
    const task = await taskOf(host, run);
    expect(await approve(host, task, BO)).toBe("approved");
    const { output } = await ended(host, run);

    const decision = {
      decision: "approved",
      decidedBy: BO,
      taskId: task.id,
      executionArn: run,
      planHash: task.subject.kind === "plan-approval" ? task.subject.planHash : "",
      proposal: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    };
    const report = JSON.parse(await host.deps.objects.readText(String(output?.["reportKey"]))) as object;
    expect(report).toMatchObject({ result: "complete", decision });
    expect(await host.deps.records.list("decision")).toMatchObject([
      { id: decision.planHash, value: decision },
    ]);
    expect(host.seen).toContainEqual({
      code: "plan.decided",
      payload: expect.objectContaining(decision) as object,
    });
  });

  it("is made once for each run: the second person is told who was first", async () => {
    const host = await aHeldCompany();
    const run = await propose(host, WITHOUT_AUDITORS, { author: ADA, starter: ADA });
    const task = await taskOf(host, run);

    const told = await Promise.all([approve(host, task, BO), approve(host, task, signedIn("dora"))]);

    expect(told.filter((answer) => answer === "approved")).toHaveLength(1);
    expect(host.seen.filter(({ code }) => code === "plan.decided")).toHaveLength(1);
    await settled(host, run);
  });
});
