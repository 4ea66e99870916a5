import { readTaskDocument } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { apiAs } from "../support/api-caller.ts";
import {
  ADA,
  aHeldCompany,
  approvals,
  approve,
  BO,
  CLEO,
  copyPolicy,
  daily,
  ended,
  passDay,
  propose,
  signedIn,
  startAs,
  taskOf,
  WITHOUT_AUDITORS,
} from "../support/held-company.ts";

const MINUTE = 60_000;
const OBJECT_ID = "0a1b2c3d-0000-4000-8000-000000000001";
const OTHER_OBJECT_ID = "0a1b2c3d-0000-4000-8000-000000000002";

describe("the author of a policy", () => {
  it.each([
    [
      "an identity of the command line",
      "arn:aws:iam::111122223333:user/ada",
      "arn:aws:iam::111122223333:user/bo",
    ],
    ["an object id of the API", OBJECT_ID, OTHER_OBJECT_ID],
    ["a session of a single sign-on, with another permission set", ADA, BO],
  ])("does not approve what it does, as %s; somebody else does", async (_, author, other) => {
    const host = await aHeldCompany();
    const run = await propose(host, WITHOUT_AUDITORS, {
      author,
      starter: "arn:aws:iam::111122223333:role/pipeline",
    });
    const task = await taskOf(host, run);

    const again = author === ADA ? signedIn("Ada", "ReadOnly") : author;
    expect(await approve(host, task, again)).toBe("ApproverIsAuthor");
    expect(await approve(host, task, other)).toBe("approved");
    expect(await ended(host, run)).toMatchObject({ output: { assignments: { deleted: 2 } } });
  });

  it("does not approve it either once it is in force and a schedule finds its plan", async () => {
    const host = await aHeldCompany({ variables: { LANDBRIDGE_MAX_DELETIONS: "2" } });
    const promoted = await propose(host, `${WITHOUT_AUDITORS}guardrails: { maxDeletions: 0 }\n`, {
      author: ADA,
      starter: ADA,
    });
    expect(await approve(host, await taskOf(host, promoted), BO)).toBe("approved");
    await ended(host, promoted);
    for (const { groupIds } of host.sandbox.entra.groups()) groupIds.clear();
    await passDay(host);
    const task = await taskOf(host, await daily(host));

    expect(await approve(host, task, ADA)).toBe("ApproverIsAuthor");
    expect(await approve(host, task, BO)).toBe("approved");
  });
});

describe("a policy that somebody copies into the bucket", () => {
  it("has no known author: only a named approver approves what it does, whatever run asks", async () => {
    const host = await aHeldCompany({ reactsToEvents: true });
    await copyPolicy(host, WITHOUT_AUDITORS);
    await host.deps.clock.sleep(15 * MINUTE);
    const [task, ...others] = await approvals(host);
    if (!task) throw new Error("nobody is asked");

    expect(others).toEqual([]);
    // ADA copied it; BO did not, but nobody can know that.
    expect(await approve(host, task, ADA)).toBe("ApproverNotNamed");
    expect(await approve(host, task, BO)).toBe("ApproverNotNamed");
    expect(host.sandbox.assignments()).toHaveLength(8);
    expect(await approve(host, task, CLEO)).toBe("approved");
    expect(await ended(host, task.executionArn)).toMatchObject({ output: { assignments: { deleted: 2 } } });
  });

  it("waits for an approver to be named; the next run updates the open task", async () => {
    const host = await aHeldCompany({ variables: { LANDBRIDGE_APPROVERS: "" } });
    await copyPolicy(host, WITHOUT_AUDITORS);
    const task = await taskOf(host, await daily(host));
    expect(await approve(host, task, BO)).toBe("ApproverNotNamed");

    host.restartFunctions({ LANDBRIDGE_APPROVERS: "bo@small.example" });
    await passDay(host);
    await daily(host);

    expect(await approvals(host)).toHaveLength(1);
    expect(await approve(host, task, BO)).toBe("approved");
  });
});

describe("the starter of a run", () => {
  it("does not approve its plan, when the API started it", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    const input = { scope: "full", mode: "apply" };
    const { arn } = (await apiAs(host, "cleo@small.example").post(
      "/flows/sync-access/executions",
      input,
    )) as {
      arn: string;
    };
    const task = await taskOf(host, arn);

    const approval = apiAs(host, "cleo@small.example").post(`/tasks/${task.id}/approval`, {
      confirmation: "APPROVE",
    });

    await expect(approval).rejects.toMatchObject({ name: "ApproverIsRequester" });
    // The input's claim does not count, since anybody can write one.
    expect(await host.deps.records.get("run-start", arn)).toMatchObject({
      value: { people: [expect.stringMatching(/cleo@small\.example$/)] },
    });
  });

  it("is not believed to be the schedule because the input says so", async () => {
    const host = await aHeldCompany();
    const proposed = await propose(host, WITHOUT_AUDITORS, { author: ADA, starter: ADA });
    const { subject } = await taskOf(host, proposed);
    await host.deps.executions.stop(proposed, "somebody else starts it");
    const proposal = subject.kind === "plan-approval" ? subject.policy.hash : "";
    const run = await startAs(host, "bo@small.example", {
      flow: "sync-access",
      input: { scope: "full", mode: "apply", proposal, requestedBy: "schedule" },
    });
    const task = await taskOf(host, run);

    // BO started it, and nothing says so: only named approvers may approve.
    expect(await approve(host, task, BO)).toBe("ApproverNotNamed");
    expect(await approve(host, task, CLEO)).toBe("approved");
  });

  it("is who CloudTrail says, whatever the input says, and whatever execution it names as its parent", async () => {
    const host = await aHeldCompany({
      reactsToEvents: true,
      variables: { LANDBRIDGE_APPROVERS: "bo@small.example" },
    });
    const held = await propose(host, WITHOUT_AUDITORS, { author: ADA, starter: ADA });
    const { subject } = await taskOf(host, held);
    await host.deps.executions.stop(held, "somebody else starts it");
    const proposal = subject.kind === "plan-approval" ? subject.policy.hash : "";
    const drain = await startAs(host, "nobody", {
      flow: "drain-changes",
      input: { claimAt: new Date(host.deps.clock.now() + 60 * MINUTE).toISOString() },
    });
    const run = await startAs(host, "bo@small.example", {
      flow: "sync-access",
      input: {
        scope: "full",
        mode: "apply",
        proposal,
        requestedBy: CLEO,
        AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: drain,
      },
    });
    const task = await taskOf(host, run);
    await host.deps.clock.sleep(10 * MINUTE);

    expect(await approve(host, task, BO)).toBe("ApproverIsRequester");
    expect(await approve(host, task, CLEO)).toBe("approved");
  });
});

describe("what an approver reads", () => {
  it("is the plan that the task is about, or nothing", async () => {
    const host = await aHeldCompany();
    await copyPolicy(host, WITHOUT_AUDITORS);
    const { id, subject } = await taskOf(host, await daily(host));
    const text = await readTaskDocument(subject, host.deps);
    expect(text).toMatch(/^\s*- .*Auditors/m);
    expect(await apiAs(host, "rita").get(`/tasks/${id}/document`)).toBe(text);

    const { planKey } = subject as { planKey: string };
    const plan = await host.deps.objects.readText(planKey);
    await host.deps.objects.putText(planKey, plan.replaceAll("Auditors", "Nobody"));

    await expect(readTaskDocument(subject, host.deps)).rejects.toMatchObject({ name: "StoredObjectChanged" });
    await expect(apiAs(host, "rita").get(`/tasks/${id}/document`)).rejects.toThrow();
  });
});
