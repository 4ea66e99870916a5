import type { InstanceAssignment } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";
import { aPermissionSet, carryOut } from "./a-permission-set.ts";

const NOBODY = "00000000-0000-4000-a000-000000000000";
/** The most operations in progress at a time (Identity Center user guide, "Quotas"). */
const OUTSTANDING = 15;

export function describeAssignments(makeWorld: MakeWorld): void {
  describe("identityCenter", () => {
    it("carries out an assignment and its removal", async () => {
      const world = await makeWorld();
      const { assignment } = await aPermissionSet(world);
      const done = { status: "SUCCEEDED", failureReason: null };
      expect(await carryOut(world, "create", assignment)).toMatchObject(done);
      expect(await carryOut(world, "delete", assignment)).toMatchObject(done);
    });

    it("makes an assignment that can be read, and takes it away again", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, permissionSetArn, assignment } = await aPermissionSet(world);
      await carryOut(world, "create", assignment);
      expect(await identityCenter.readAssignments(instance, permissionSetArn)).toEqual([assignment]);
      await carryOut(world, "delete", assignment);
      expect(await identityCenter.readAssignments(instance, permissionSetArn)).toEqual([]);
    });

    it("assigns a user as well as a group", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, permissionSetArn, assignment } = await aPermissionSet(world);
      const user = { ...assignment, principalType: "USER", principalId: world.userId } as const;
      await carryOut(world, "create", user);
      expect(await identityCenter.readAssignments(instance, permissionSetArn)).toEqual([user]);
    });

    it("lists what one principal has, and not what others have", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, assignment } = await aPermissionSet(world);
      await carryOut(world, "create", assignment);
      const of = (principalId = "") =>
        identityCenter.readAssignmentsOf(instance, { type: "GROUP", principalId });
      expect(await of(world.groupIds[0])).toEqual([assignment]);
      expect(await of(world.groupIds[1])).toEqual([]);
    });

    it("lists what one permission set is for in one account, and nothing where either is unknown", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, permissionSetArn, assignment } = await aPermissionSet(world);
      await carryOut(world, "create", assignment);
      const at = (accountId = "", arn = permissionSetArn) =>
        identityCenter.readAssignmentsAt(instance, accountId, arn);
      expect(await at(assignment.accountId)).toEqual([assignment]);
      expect(await at(world.accountIds[1])).toEqual([]);
      expect(await at("999999999999")).toEqual([]);
      expect(await at(assignment.accountId, permissionSetArn.replace(/.{4}$/, "0000"))).toEqual([]);
    });

    it("lists where a permission set is, from either side", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, permissionSetArn, assignment } = await aPermissionSet(world);
      await aPermissionSet(world, { name: "Other" });
      await carryOut(world, "create", assignment);
      expect(await identityCenter.listAccountsWith(instance, permissionSetArn)).toEqual([
        assignment.accountId,
      ]);
      const listIn = (accountId = "") => identityCenter.listPermissionSetsIn(instance, accountId);
      expect(await listIn(assignment.accountId)).toEqual([permissionSetArn]);
      expect(await listIn(world.accountIds[1])).toEqual([]);
      expect(await listIn("999999999999")).toEqual([]);
    });

    it("lists all that one principal has, over as many pages as there are", async () => {
      const world = await makeWorld();
      const made: InstanceAssignment[] = [];
      for (const name of ["A", "B", "C", "D", "E"]) {
        const { assignment } = await aPermissionSet(world, { name });
        for (const accountId of world.accountIds) {
          made.push({ ...assignment, accountId });
          await carryOut(world, "create", { ...assignment, accountId });
        }
      }
      const { identityCenter } = world.ports;
      const principal = { type: "GROUP", principalId: world.groupIds[0] ?? "" } as const;
      const listed = await identityCenter.readAssignmentsOf(world.instance, principal);
      expect(made.length).toBeGreaterThan(100);
      expect(listed).toHaveLength(made.length);
      expect(listed).toEqual(expect.arrayContaining(made));
    });

    it("has an assignment once that was made twice", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, assignment } = await aPermissionSet(world);
      await carryOut(world, "create", assignment);
      await carryOut(world, "create", assignment);
      const principal = { type: "GROUP", principalId: assignment.principalId } as const;
      expect(await identityCenter.readAssignmentsOf(instance, principal)).toEqual([assignment]);
    });

    it("lists operations by their state", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, assignment } = await aPermissionSet(world);
      const { requestId } = await carryOut(world, "create", assignment);
      const list = identityCenter.listAssignmentOperations;
      expect(await list("create", instance, "SUCCEEDED")).toEqual([requestId]);
      expect(await list("create", instance, "IN_PROGRESS")).toEqual([]);
      expect(await list("delete", instance, "SUCCEEDED")).toEqual([]);
    });

    it("lets an operation be seen while it is in progress", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, assignment } = await aPermissionSet(world);
      const started = await identityCenter.startAssignment("create", instance, assignment);
      expect(started).toMatchObject({ status: "IN_PROGRESS", failureReason: null });
      const underWay = await identityCenter.listAssignmentOperations("create", instance, "IN_PROGRESS");
      expect(underWay).toEqual([started.requestId]);
    });

    it("meets a quota beyond the operations that may be in progress", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, assignment } = await aPermissionSet(world);
      const requests = world.accountIds.slice(0, OUTSTANDING + 1).map((accountId) => {
        return identityCenter.startAssignment("create", instance, { ...assignment, accountId });
      });
      const answers = await Promise.allSettled(requests);
      const refused = answers.filter(({ status }) => status === "rejected");
      expect(refused).toMatchObject([{ reason: { name: "QuotaExceeded" } }]);
    });

    it("fails, with AWS's reason, in an account that is suspended", async () => {
      const world = await makeWorld();
      const { assignment } = await aPermissionSet(world);
      const accountId = world.suspendedAccountId;
      const { status, failureReason } = await carryOut(world, "create", { ...assignment, accountId });
      expect(status).toBe("FAILED");
      expect(failureReason).toMatch(/./);
    });

    it("takes a group that the instance does not see for one that may still come", async () => {
      const { identityCenter, instance, assignment } = await aPermissionSet(await makeWorld());
      const unknown = { ...assignment, principalId: NOBODY };
      await expect(identityCenter.startAssignment("create", instance, unknown)).rejects.toMatchObject({
        name: "NotPropagatedYet",
        retryable: true,
      });
    });

    it("takes a permission set that it does not find for an incomplete read, not for one without assignments", async () => {
      const { identityCenter, instance, permissionSetArn } = await aPermissionSet(await makeWorld());
      const gone = permissionSetArn.replace(/.{4}$/, "0000");
      await expect(identityCenter.readAssignments(instance, gone)).rejects.toMatchObject({
        name: "IncompleteRead",
      });
    });

    it("knows no operation that nobody started", async () => {
      const { identityCenter, instance } = await aPermissionSet(await makeWorld());
      const described = identityCenter.describeAssignmentOperation("create", instance, NOBODY);
      await expect(described).rejects.toMatchObject({ name: "IncompleteRead" });
    });
  });
}
