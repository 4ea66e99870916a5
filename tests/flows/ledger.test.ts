import { listTasks, readTaskDocument } from "@landbridge/core";
import type { Assignment, Layer } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { SMALL_POLICY } from "../support/small-company.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WITHOUT_AUDITORS = SMALL_POLICY.slice(0, SMALL_POLICY.indexOf("  - name: auditors"));

/** A company that was connected yesterday, by a given policy. */
async function aCompany(policy = SMALL_POLICY, layers: readonly Layer[] = []): Promise<FlowHost> {
  const host = await aFlowHost({ policy, layers });
  const [report] = await host.run("connect", {}, silent);
  expect(report).toMatchObject({ status: "SUCCEEDED", error: null });
  await host.deps.clock.sleep(DAY);
  host.seen.length = 0;
  return host;
}

async function putPolicy({ deps }: FlowHost, text: string): Promise<void> {
  await deps.objects.putText(deps.settings.policyKey, text);
}

async function sync(host: FlowHost, input: object = {}) {
  const before = host.sandbox.calls.calls.length;
  const [run] = await host.run("sync-access", input, silent);
  if (run?.status !== "SUCCEEDED") throw new Error(`sync-access: ${run?.error} ${run?.cause}`);
  const { assignments } = run.output as { assignments: Record<string, number> };
  return { assignments, calls: host.sandbox.calls.count(before)["sso-admin"] ?? {} };
}

async function ledgerEntries({ records }: FlowHost["deps"]) {
  return (await records.list("ledger")).map(({ id, value }) => ({
    id,
    value: value as Record<string, string>,
  }));
}

/** A person's name for an assignment, with the ledger's state of it. */
async function ledger({ deps }: FlowHost): Promise<string[]> {
  const entries = await ledgerEntries(deps);
  return entries
    .map(({ value }) => `${value["permissionSet"]} ${value["principalName"]} ${value["state"]}`)
    .toSorted();
}

function ofAuditors(host: FlowHost): Assignment[] {
  const group = host.sandbox.groups().find(({ attributes }) => attributes.displayName === "Auditors");
  return host.sandbox.assignments().filter(({ principalId }) => principalId === group?.id);
}

function entraId({ sandbox }: FlowHost, name: string): string {
  return sandbox.entra.groups().find(({ displayName }) => displayName === name)?.id ?? "";
}

/** Deletes it in Entra, and lets provisioning take it from the identity store. */
async function deleteGroup(host: FlowHost, name: string): Promise<void> {
  host.sandbox.entra.directory.remove(entraId(host, name));
  await host.deps.clock.sleep(DAY);
  expect(host.sandbox.groups().map(({ attributes }) => attributes.displayName)).not.toContain(name);
}

/** AWS begins what it refused: at once, or when `release` is called. */
function unansweredCreations(takesEffectAfter: number) {
  let since: number | null = null;
  const held: (() => Promise<Response>)[] = [];
  const outage = { isOn: false, release: async () => void (await Promise.all(held.map((send) => send()))) };
  const layer: Layer = (_service, inner, kernel) => ({
    async fetch(request) {
      const isCreation = request.headers.get("x-amz-target")?.endsWith(".CreateAccountAssignment") === true;
      if (!outage.isOn || !isCreation) return inner.fetch(request);
      since ??= kernel.clock.now();
      const copy = request.clone();
      if (kernel.clock.now() - since >= takesEffectAfter) await inner.fetch(copy);
      else if (held.length < 2) held.push(async () => inner.fetch(copy));
      const body = JSON.stringify({ __type: "InternalServerException", Message: "Try again later." });
      return new Response(body, { status: 500, headers: { "content-type": "application/x-amz-json-1.1" } });
    },
  });
  return { layer, outage };
}

describe("an assignment that somebody removes by hand", () => {
  it("and grants by hand weeks later is not Landbridge's own any more", async () => {
    const host = await aCompany();
    const [lost, other] = ofAuditors(host);
    if (!lost || !other) throw new Error("The auditors have nothing.");
    const { roles } = host.sandbox.states.identityCenter;
    roles.unassign(lost);
    await putPolicy(host, WITHOUT_AUDITORS);

    expect((await sync(host)).assignments).toMatchObject({ deleted: 1, failed: 0 });
    expect(host.seen).toContainEqual({
      code: "warning.raised",
      payload: {
        message: expect.stringContaining(
          "removed assignments that Landbridge had created: Look for Auditors",
        ) as string,
      },
    });
    expect(await ledger(host)).toContain("Look Auditors gone");

    await host.deps.clock.sleep(21 * DAY);
    roles.assign(lost, 1);
    expect((await sync(host)).assignments).toMatchObject({ deleted: 0, failed: 0 });
    expect(ofAuditors(host)).toEqual([lost]);
  });

  it("is made again and is Landbridge's own again while a rule asks for it", async () => {
    const host = await aCompany();
    const [lost] = ofAuditors(host);
    if (!lost) throw new Error("The auditors have nothing.");
    host.sandbox.states.identityCenter.roles.unassign(lost);

    expect((await sync(host)).assignments).toMatchObject({ created: 1 });
    expect(await ledger(host)).toHaveLength(8);
    expect((await ledger(host)).filter((line) => !line.endsWith(" present"))).toEqual([]);
  });

  it("stays in the ledger for a run that only plans", async () => {
    const host = await aCompany();
    const [lost] = ofAuditors(host);
    if (!lost) throw new Error("The auditors have nothing.");
    host.sandbox.states.identityCenter.roles.unassign(lost);
    const before = await ledger(host);

    await sync(host, { mode: "plan" });
    expect(await ledger(host)).toEqual(before);
  });
});

describe("a creation that AWS does not answer for ten minutes", () => {
  it("and begins behind the last failure counts as made, and can be taken back", async () => {
    const { layer, outage } = unansweredCreations(10 * MINUTE);
    const host = await aCompany(WITHOUT_AUDITORS, [layer]);
    await putPolicy(host, SMALL_POLICY);
    outage.isOn = true;

    expect((await sync(host)).assignments).toMatchObject({ created: 2, failed: 0 });
    outage.isOn = false;
    await host.deps.clock.sleep(DAY);
    await putPolicy(host, WITHOUT_AUDITORS);
    expect((await sync(host)).assignments).toMatchObject({ deleted: 2 });
    expect(host.sandbox.assignments()).toHaveLength(6);
  });

  it("and begins after the run has ended is Landbridge's own anyway", async () => {
    const { layer, outage } = unansweredCreations(Number.POSITIVE_INFINITY);
    const host = await aCompany(WITHOUT_AUDITORS, [layer]);
    await putPolicy(host, SMALL_POLICY);
    outage.isOn = true;

    expect((await sync(host)).assignments).toMatchObject({ created: 0, failed: 2 });
    expect((await ledger(host)).filter((line) => line.startsWith("Look"))).toEqual([
      "Look Auditors uncertain",
      "Look Auditors uncertain",
    ]);
    outage.isOn = false;
    await outage.release();
    await host.deps.clock.sleep(DAY);
    expect((await sync(host)).assignments).toMatchObject({ created: 0, failed: 0 });
    expect((await ledger(host)).filter((line) => !line.endsWith(" present"))).toEqual([]);

    await putPolicy(host, WITHOUT_AUDITORS);
    expect((await sync(host)).assignments).toMatchObject({ deleted: 2 });
  });
});

describe("what a group had that is deleted in Entra", () => {
  it("is taken back by the next full run, which continues reading the quick way", async () => {
    const host = await aCompany();
    await putPolicy(host, WITHOUT_AUDITORS);
    await deleteGroup(host, "Auditors");
    expect(host.sandbox.assignments()).toHaveLength(8);

    const { assignments, calls } = await sync(host);
    expect(assignments).toMatchObject({ deleted: 2, failed: 0 });
    expect(host.sandbox.assignments()).toHaveLength(6);
    // One for each set that the policy defines, whether its roles are up to date, and perhaps a repeated one.
    expect(calls["ListAccountsForProvisionedPermissionSet"]).toBeLessThan(4);
    expect(await ledger(host)).toHaveLength(6);

    const next = await sync(host);
    expect(next.assignments).toMatchObject({ created: 0, deleted: 0 });
    expect(next.calls["ListAccountsForProvisionedPermissionSet"]).toBeLessThan(4);
    expect(next.calls["ListAccountAssignments"]).toBeUndefined();
  });

  it("is taken back by a run of that group alone", async () => {
    const host = await aCompany();
    const id = entraId(host, "Auditors");
    await putPolicy(host, WITHOUT_AUDITORS);
    await deleteGroup(host, "Auditors");

    const { assignments } = await sync(host, { scope: "groups", ids: [id], mode: "apply" });
    expect(assignments).toMatchObject({ deleted: 2, failed: 0 });
  });

  it("is held like any other deletion, and says why", async () => {
    const host = await aCompany();
    await putPolicy(host, `${WITHOUT_AUDITORS}guardrails: { maxDeletions: 1 }\n`);
    await deleteGroup(host, "Auditors");
    const arn = await host.deps.executions.start("sync-access", { scope: "full", mode: "apply" });
    await host.deps.clock.sleep(5 * MINUTE);
    const held = (await listTasks(host.deps)).find(({ subject }) => subject.kind === "plan-approval");
    const text = held && (await readTaskDocument(held.subject, host.deps));
    expect(text).toMatch(/- Look\s+group Auditors\s+its group does not exist any more/);
    expect(host.sandbox.assignments()).toHaveLength(8);
    await host.deps.executions.stop(arn, "enough seen");
  });
});

describe("a ledger entry that cannot be read", () => {
  it.each([
    ["RecordTooNew", { version: 2 }],
    ["StoredRecordInvalid", { state: "present" }],
  ])("stops the run by name (%s) before it deletes anything", async (name, unreadable) => {
    const host = await aCompany();
    const [first] = await ledgerEntries(host.deps);
    await host.deps.records.put("ledger", first?.id ?? "", unreadable);
    await putPolicy(host, WITHOUT_AUDITORS);
    const before = host.sandbox.calls.calls.length;

    const [run] = await host.run("sync-access", { scope: "full", mode: "apply" }, silent);

    expect(run).toMatchObject({ status: "FAILED", error: name });
    expect(run?.cause).toContain(`ledger/${first?.id}`);
    expect(host.sandbox.calls.count(before)["sso-admin"]).not.toHaveProperty("DeleteAccountAssignment");
  });
});

describe("a ledger of the earlier format", () => {
  it("is upgraded by the first full run, and nothing else changes", async () => {
    const host = await aCompany();
    const { records } = host.deps;
    const before = await ledger(host);
    for (const { id, value } of await ledgerEntries(host.deps)) {
      const [accountId] = id.split("/");
      const { permissionSet, principalName: name, directoryId, planId, claimedAt } = value;
      await records.remove("ledger", id);
      await records.put("ledger", `${accountId}/${permissionSet}/GROUP/${directoryId}`, {
        accountId,
        permissionSet,
        principal: { type: "GROUP", directoryId, principalId: null, name },
        planId,
        claimedAt,
      });
    }

    expect((await sync(host)).assignments).toMatchObject({ created: 0, deleted: 0, failed: 0 });
    expect(await ledger(host)).toEqual(before);
    await putPolicy(host, WITHOUT_AUDITORS);
    expect((await sync(host)).assignments).toMatchObject({ deleted: 2 });
  });
});
