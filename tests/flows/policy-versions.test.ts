import {
  answerTask,
  declineTask,
  type FlowEvents,
  proposePolicy,
  readPause,
  takeFence,
} from "@landbridge/core";
import { answerAsOperator } from "@landbridge/host/scripted-operator";
import type { LocalHost } from "@landbridge/host/local-host";
import { OrganizationFile } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { putPolicy } from "../support/put-policy.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const MINUTE = 60_000;
const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));
const HELD = {
  // It is unknown who started these runs.
  LANDBRIDGE_APPROVERS: "operator",
  LANDBRIDGE_MAX_DELETIONS: "1",
};

type Task = FlowEvents["operator-task.opened"];

function policyText({ deps }: Pick<LocalHost, "deps">): Promise<string> {
  return deps.objects.readText(deps.settings.policyKey);
}

async function propose(
  host: FlowHost,
  text: string,
): Promise<{ scope: "full"; mode: "apply"; proposal: string }> {
  return {
    scope: "full",
    mode: "apply",
    proposal: await proposePolicy(text, "ada@small.example", host.deps),
  };
}

/** Proposes a policy and runs sync-access for it. */
async function apply(host: FlowHost, text: string) {
  const [run] = await host.run("sync-access", await propose(host, text), silent);
  if (!run) throw new Error("There was no run.");
  return run;
}

async function approve(host: LocalHost, { taskId }: Task): Promise<void> {
  await answerTask(taskId, { confirmation: "APPROVE" }, { ...host.deps, answeredBy: "operator" });
}

async function connected(options: Parameters<typeof aFlowHost>[0] = {}): Promise<FlowHost> {
  const host = await aFlowHost(options);
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  return host;
}

describe("a proposal", () => {
  it("is not in force before its run may carry its plan out, and then is", async () => {
    const host = await connected({ variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" } });
    const input = await propose(host, WITHOUT_AUDITORS);
    expect(await policyText(host)).toBe(SMALL_POLICY);
    const [planned] = await host.run("sync-access", { ...input, mode: "plan" }, silent);
    expect(planned).toMatchObject({ output: { result: "planned", assignments: { desired: 6 } } });
    expect(await policyText(host)).toBe(SMALL_POLICY);

    const [run] = await host.run("sync-access", input, silent);

    expect(run).toMatchObject({ output: { result: "complete", assignments: { deleted: 2 } } });
    expect(await policyText(host)).toBe(WITHOUT_AUDITORS);
  });

  it("comes into force when its plan is empty: it pauses all runs, and another one ends the pause", async () => {
    const host = await connected();
    expect(await apply(host, `${SMALL_POLICY}guardrails: { paused: true }\n`)).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "paused" },
    });
    expect(await readPause(host.deps)).toBeNull();
    const [paused] = await host.run("sync-access", {}, silent);
    expect(paused).toMatchObject({ status: "FAILED", error: "SyncPaused" });

    expect(await apply(host, SMALL_POLICY)).toMatchObject({ output: { result: "complete" } });
    const [again] = await host.run("sync-access", {}, silent);
    expect(again).toMatchObject({ status: "SUCCEEDED" });
  });

  it("that names a group that does not exist never comes into force", async () => {
    const host = await connected();
    const bad = await apply(host, SMALL_POLICY.replace("[Auditors]", "[Auditers]"));
    expect(bad).toMatchObject({ status: "FAILED", error: "PolicyInvalid" });
    expect(await policyText(host)).toBe(SMALL_POLICY);
    const [next] = await host.run("sync-access", {}, silent);
    expect(next).toMatchObject({ status: "SUCCEEDED", output: { assignments: { deleted: 0 } } });
  });

  it("that is declined is gone, and the policy in force asks for what it asked for before", async () => {
    const host = await connected({
      variables: HELD,
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        await declineTask(task.taskId, "not today", { ...running.deps, answeredBy: "operator" });
      },
    });
    const declined = await apply(host, WITHOUT_AUDITORS);
    expect(declined).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(declined.cause).toContain("The proposal is discarded");

    expect(await policyText(host)).toBe(SMALL_POLICY);
    const [next] = await host.run("sync-access", {}, silent);
    expect(next).toMatchObject({ status: "SUCCEEDED", output: { assignments: { deleted: 0, desired: 8 } } });
  });

  it("comes into force once its plan is approved", async () => {
    const before: string[] = [];
    const host = await connected({
      variables: HELD,
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        before.push(await policyText(running));
        await approve(running, task);
      },
    });
    expect(await apply(host, WITHOUT_AUDITORS)).toMatchObject({ output: { assignments: { deleted: 2 } } });
    expect(before).toEqual([SMALL_POLICY]);
    expect(await policyText(host)).toBe(WITHOUT_AUDITORS);
  });

  it("does not take back a policy that came into force while it waited for its approval", async () => {
    const strict = `${SMALL_POLICY}guardrails: { paused: true }\n`;
    const host = await connected({
      variables: HELD,
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        await putPolicy(running, strict);
        await approve(running, task);
      },
    });
    expect(await apply(host, WITHOUT_AUDITORS)).toMatchObject({ status: "FAILED", error: "ProposalStale" });
    expect(await policyText(host)).toBe(strict);
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("does not loosen the limits for its own plan", async () => {
    const host = await connected({
      policy: `${SMALL_POLICY}guardrails: { maxDeletions: 1 }\n`,
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        await declineTask(task.taskId, "not today", { ...running.deps, answeredBy: "operator" });
      },
    });
    const loose = await apply(host, `${WITHOUT_AUDITORS}guardrails: { maxDeletions: 40 }\n`);
    expect(loose).toMatchObject({ status: "FAILED", error: "OperatorDeclined" });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });

  it("is for all access: one for a part of it is refused", async () => {
    const host = await connected();
    const { proposal } = await propose(host, WITHOUT_AUDITORS);
    const accounts = { scope: "accounts", ids: ["222222222222"], mode: "apply", proposal };
    const [run] = await host.run("sync-access", accounts, silent);
    expect(run).toMatchObject({ status: "FAILED", error: "InvalidStepInput" });
    expect(await policyText(host)).toBe(SMALL_POLICY);
  });
});

describe("the first policy of a deployment", () => {
  it("comes into force without changing access, and connect carries it out", async () => {
    const host = await aFlowHost({ policy: null });
    const [without] = await host.run("sync-access", {}, silent);
    expect(without).toMatchObject({ status: "FAILED", error: "PolicyMissing" });

    expect(await apply(host, SMALL_POLICY)).toMatchObject({
      status: "SUCCEEDED",
      output: { result: "not-connected", assignments: { created: 0 } },
    });
    expect(host.sandbox.assignments()).toHaveLength(0);

    const [connect] = await host.run("connect", {}, silent);
    expect(connect).toMatchObject({ status: "SUCCEEDED" });
    expect(host.sandbox.assignments()).toHaveLength(8);
  });
});

describe("the event of a new policy", () => {
  it("belongs to the run that put it in force: nothing else runs, and nothing stays marked", async () => {
    const host = await connected({
      reactsToEvents: true,
      variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" },
    });
    await host.deps.clock.sleep(15 * MINUTE);
    host.seen.length = 0;
    const started = host.deps.clock.now();
    const { executions, records, clock } = host.deps;
    const before = (await executions.list("sync-access")).length;

    expect(await apply(host, WITHOUT_AUDITORS)).toMatchObject({ output: { assignments: { deleted: 2 } } });

    expect(clock.now() - started, "nobody was in its way").toBeLessThan(2 * MINUTE);
    await clock.sleep(15 * MINUTE);
    expect(host.seen).toContainEqual({
      code: "changes.marked",
      payload: expect.objectContaining({ marks: [expect.stringMatching(/^policy\//)] }) as object,
    });
    expect(await executions.list("sync-access")).toHaveLength(before + 1);
    expect(await records.list("dirty")).toEqual([]);
  });
});

/** Production is what carries the tag. */
const TAGGED = OrganizationFile.parse({
  managementAccount: "Management",
  accounts: [{ name: "Management" }],
  units: [
    {
      name: "Production",
      accounts: [
        { name: "Shop", tags: { env: "prod" } },
        { name: "Billing", tags: { env: "prod" } },
      ],
    },
    { name: "Sandbox", accounts: [{ name: "Playground" }] },
  ],
});

interface Version {
  readonly text: string;
  /** `<group> in <account>`, written by hand: the planner's own interpretation is not used. */
  readonly wants: readonly string[];
}

function building(targets: string): string {
  return `version: 1
permissionSets:
  Builder: { awsManagedPolicies: [PowerUserAccess] }
rules:
  - name: engineers build
    groups: [Engineers]
    nested: expand
    permissionSets: [Builder]
    targets: ${targets}
`;
}

const BY_UNIT: Version = {
  text: building("{ ou: [Production, Sandbox] }"),
  wants: [
    "Engineers in Billing",
    "Engineers in Playground",
    "Engineers in Shop",
    "Interns in Billing",
    "Interns in Playground",
    "Interns in Shop",
  ],
};
const BY_TAG: Version = {
  text: building("{ accountTags: { env: prod } }"),
  wants: ["Engineers in Billing", "Engineers in Shop", "Interns in Billing", "Interns in Shop"],
};

function assigned({ sandbox }: FlowHost): string[] {
  const groups = new Map(sandbox.groups().map(({ id, attributes }) => [id, attributes.displayName]));
  const { accounts } = sandbox.states.organization;
  return sandbox
    .assignments()
    .map(({ accountId, principalId }) => `${groups.get(principalId)} in ${accounts.get(accountId)?.name}`)
    .toSorted();
}

/** The functions of a run that applies. */
const STATES = [
  "load-policy",
  "take-fence",
  "read-directory",
  "read-organization",
  "read-instance",
  "plan-changes",
  "check-guardrails",
  "ensure-provisioned",
  "apply-permission-sets",
  "apply-assignments",
  "verify-access",
  "publish-report",
];

describe("a policy that is replaced during a run", () => {
  it.each([
    ["one by unit by one by tag", BY_UNIT, BY_TAG],
    ["one by tag by one by unit", BY_TAG, BY_UNIT],
  ])("%s: between whichever states, what both want is never taken", async (_, old, next) => {
    let replace: { readonly before: string } | null = null;
    let watched: FlowHost | null = null;
    const lost: string[] = [];
    const both = old.wants.filter((one) => next.wants.includes(one));
    const host = await connected({
      organization: TAGGED,
      policy: old.text,
      variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" },
      async invoke(name, _payload, handler) {
        if (watched && name === `sync-access/${replace?.before}`) {
          replace = null;
          await putPolicy(watched, next.text);
        }
        const result = await handler();
        if (watched) {
          const now = new Set(assigned(watched));
          lost.push(...both.filter((one) => !now.has(one)).map((one) => `${one}, after ${name}`));
        }
        return result;
      },
    });
    watched = host;
    for (const before of STATES) {
      await putPolicy(host, old.text);
      replace = { before };
      const [run] = await host.run("sync-access", {}, silent);
      expect(run, `${before}: ${run?.cause}`).toMatchObject({ status: "SUCCEEDED" });
      expect(replace, `${before} was entered`).toBeNull();
    }
    await host.run("sync-access", {}, silent);
    expect(assigned(host)).toEqual(next.wants);
    expect(lost).toEqual([]);
  });

  it("while it waits for its approval: it plans again, and what was approved is not done", async () => {
    let asked = 0;
    const host = await connected({
      organization: TAGGED,
      policy: BY_UNIT.text,
      variables: HELD,
      operator: async (running, task) => {
        if (task.kind !== "plan-approval") return answerAsOperator(running, task);
        asked += 1;
        await putPolicy(running, BY_UNIT.text);
        await approve(running, task);
      },
    });
    await putPolicy(host, BY_TAG.text);
    const [run] = await host.run("sync-access", {}, silent);
    expect(run).toMatchObject({ status: "SUCCEEDED", output: { assignments: { deleted: 0 } } });
    expect(asked).toBe(1);
    expect(assigned(host)).toEqual(BY_UNIT.wants);
  });

  it("while it waits for another run: it reads the policy that is in force then", async () => {
    const host = await connected({
      organization: TAGGED,
      policy: BY_UNIT.text,
      variables: { LANDBRIDGE_MAX_DELETION_PERCENT: "100" },
    });
    const { records, executions, clock } = host.deps;
    // Waits until then, whatever it is for.
    const claimAt = new Date(clock.now() + 30 * MINUTE).toISOString();
    const other = await executions.start("drain-changes", { claimAt });
    await takeFence({ executionArn: other, redrives: 0 }, { records, executions });
    const arn = await executions.start("sync-access", { scope: "full", mode: "apply" });
    await clock.sleep(10 * MINUTE);
    await putPolicy(host, BY_TAG.text);
    await host.runtime.stepFunctions.untilEnded(arn);
    expect(await executions.read(arn)).toMatchObject({ status: "SUCCEEDED" });
    expect(assigned(host)).toEqual(BY_TAG.wants);
  });
});
