import { describe, expect, it } from "vitest";
import { aChange } from "../apply/apply-harness.ts";
import { MemoryObjects } from "../apply/memory-objects.ts";
import type { InstanceAssignment, StorePrincipal } from "../model/instance.ts";
import type { AssignmentChange } from "../plan/plan.ts";
import { aPlan, anInstance, stored, toAssignment } from "../plan/sample-plan.ts";
import { keepSnapshot } from "./snapshot.ts";
import { verifyAccess } from "./verify-access.ts";

interface World {
  readonly changes: readonly AssignmentChange[];
  readonly has?: readonly InstanceAssignment[];
  readonly principals?: readonly StorePrincipal[];
  readonly failed?: readonly AssignmentChange[];
}

async function verify({ changes, has = [], principals = [1, 2].map(stored), failed = [] }: World) {
  const calls: string[] = [];
  const { instance, permissionSets } = anInstance();
  const ports = {
    objects: new MemoryObjects(),
    identityStore: { listGroups: async () => principals, listUsers: async () => [] },
    identityCenter: {
      readInstance: async () => instance,
      listPermissionSets: async () => permissionSets,
      readAssignmentsOf: async (_: unknown, { principalId }: { principalId: string }) => {
        calls.push(principalId);
        return has.filter((one) => one.principalId === principalId);
      },
      readAssignmentsAt: async (_: unknown, accountId: string) => {
        calls.push(`at ${Number(accountId)}`);
        return has.filter((one) => one.accountId === accountId);
      },
      readAssignmentsIn: async (_: unknown, accountId: string) => {
        calls.push(`in ${Number(accountId)}`);
        return has.filter((one) => one.accountId === accountId);
      },
    },
  };
  const planKey = await keepSnapshot("plan", aPlan(changes), ports);
  const failures = failed.map((change) => ({ change, reason: "no" }));
  return { calls, verified: verifyAccess(planKey, failures, ports as never) };
}

/** Landbridge's own, of a group that the identity store no longer has. */
function ofGoneGroup(account: number): AssignmentChange {
  const change = aChange("delete", account, 9);
  return { ...change, principal: { ...change.principal, directoryId: null } };
}

describe("verifying what a plan changed", () => {
  it("takes for so what is so, and leaves out what failed", async () => {
    const [create, failed] = [aChange("create", 1, 1), aChange("create", 2, 1)];
    const { verified } = await verify({
      changes: [create, failed],
      has: [toAssignment(create)],
      failed: [failed],
    });
    expect(await verified).toEqual({ verified: 1 });
  });

  it("names what was reported created and is not there", async () => {
    const { verified } = await verify({ changes: [aChange("create", 1, 1)] });
    await expect(verified).rejects.toMatchObject({
      name: "VerificationFailed",
      message: "1 of 1 changes are not as reported: create ReadOnly for Group 1 in Account 1",
    });
  });

  it("looks up the places of a group that is gone, and asks about the others as ever", async () => {
    const changes = [ofGoneGroup(1), aChange("delete", 2, 1), aChange("delete", 3, 1)];
    const { calls, verified } = await verify({ changes });
    expect(await verified).toEqual({ verified: 3 });
    expect(calls).toEqual(["store-1", "at 1"]);
  });

  it("sees that a group that is gone still has something", async () => {
    const change = ofGoneGroup(1);
    const { verified } = await verify({ changes: [change], has: [toAssignment(change)] });
    await expect(verified).rejects.toMatchObject({ name: "VerificationFailed" });
  });

  it("believes a deletion whose permission set is gone too", async () => {
    const { verified } = await verify({ changes: [{ ...aChange("delete", 1, 1), permissionSet: "Old" }] });
    expect(await verified).toEqual({ verified: 1 });
  });

  it("lists accounts where that is less to ask", async () => {
    const changes = [aChange("delete", 1, 1), aChange("delete", 1, 2)];
    const { calls, verified } = await verify({ changes });
    expect(await verified).toEqual({ verified: 2 });
    expect(calls).toEqual(["in 1"]);
  });
});
