import type { AssignmentOperation, InstanceAssignment, PermissionSetSpec } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { AwsWorld, MakeWorld } from "../aws-world.ts";

const FULL: PermissionSetSpec = {
  description: "For the contract",
  sessionDuration: "PT4H",
  awsManagedPolicies: [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/job-function/Billing",
  ],
  customerManagedPolicies: [{ name: "Extra", path: "/team/" }],
  inlinePolicy:
    '{"Statement":[{"Action":"s3:ListBucket","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
  permissionsBoundary: { awsManagedPolicy: "arn:aws:iam::aws:policy/PowerUserAccess" },
};
const PLAIN: PermissionSetSpec = {
  description: "Plain",
  sessionDuration: "PT1H",
  awsManagedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
};

async function aSet(world: AwsWorld, spec = PLAIN) {
  const { identityCenter } = world.ports;
  const { instance } = world;
  const permissionSetArn = await identityCenter.createPermissionSet(instance, "Builder", spec);
  const assignment: InstanceAssignment = {
    accountId: world.accountIds[0] ?? "",
    permissionSetArn,
    principalType: "GROUP",
    principalId: world.groupIds[0] ?? "",
  };
  return { identityCenter, instance, permissionSetArn, assignment };
}

type Set = Awaited<ReturnType<typeof aSet>>;

async function carryOut(
  { identityCenter, instance, assignment }: Set,
  action: "create" | "delete",
  { clock }: AwsWorld,
): Promise<AssignmentOperation> {
  let operation = await identityCenter.startAssignment(action, instance, assignment);
  for (let look = 0; operation.status === "IN_PROGRESS" && look < 100; look += 1) {
    await clock.sleep(1000);
    operation = await identityCenter.describeAssignmentOperation(action, instance, operation.requestId);
  }
  return operation;
}

export function describeIdentityCenter(makeWorld: MakeWorld): void {
  describe("identityCenter", () => {
    it("knows the organization's instance", async () => {
      const { ports, instance } = await makeWorld();
      expect(await ports.identityCenter.readInstance()).toEqual(instance);
    });

    it("creates a permission set that reads back as it was said", async () => {
      const { identityCenter, instance, permissionSetArn } = await aSet(await makeWorld(), FULL);
      expect(await identityCenter.readPermissionSets(instance)).toEqual([
        { name: "Builder", arn: permissionSetArn, spec: FULL },
      ]);
    });

    it("brings a permission set to another spec, and back", async () => {
      const { identityCenter, instance } = await aSet(await makeWorld(), PLAIN);
      for (const spec of [FULL, PLAIN]) {
        const [current] = await identityCenter.readPermissionSets(instance);
        if (current) await identityCenter.updatePermissionSet(instance, current, spec);
        const [updated] = await identityCenter.readPermissionSets(instance);
        expect(updated?.spec).toEqual(spec);
      }
    });

    it("carries out an assignment and its removal", async () => {
      const world = await makeWorld();
      const set = await aSet(world);
      const done = { status: "SUCCEEDED", failureReason: null };
      expect(await carryOut(set, "create", world)).toMatchObject(done);
      expect(await carryOut(set, "delete", world)).toMatchObject(done);
    });

    it("makes an assignment that can be read, and takes it away again", async () => {
      const world = await makeWorld();
      const set = await aSet(world);
      const { identityCenter, instance, permissionSetArn, assignment } = set;

      expect(await carryOut(set, "create", world)).toMatchObject({
        status: "SUCCEEDED",
        failureReason: null,
      });
      expect(await identityCenter.readAssignments(instance, permissionSetArn)).toEqual([assignment]);
      expect(await carryOut(set, "delete", world)).toMatchObject({ status: "SUCCEEDED" });
      expect(await identityCenter.readAssignments(instance, permissionSetArn)).toEqual([]);
    });

    it("assigns a user as well as a group", async () => {
      const world = await makeWorld();
      const set = await aSet(world);
      const user: InstanceAssignment = {
        ...set.assignment,
        principalType: "USER",
        principalId: world.userId,
      };
      await carryOut({ ...set, assignment: user }, "create", world);
      expect(await set.identityCenter.readAssignments(set.instance, set.permissionSetArn)).toEqual([user]);
    });

    it("lists what one principal has, and not what others have", async () => {
      const world = await makeWorld();
      const set = await aSet(world);
      await carryOut(set, "create", world);
      const { identityCenter, instance, assignment } = set;
      const of = (principalId = "") =>
        identityCenter.readAssignmentsOf(instance, { type: "GROUP", principalId });
      expect(await of(world.groupIds[0])).toEqual([assignment]);
      expect(await of(world.groupIds[1])).toEqual([]);
    });

    it("lists operations by their state", async () => {
      const world = await makeWorld();
      const set = await aSet(world);
      const { requestId } = await carryOut(set, "create", world);
      const { identityCenter, instance } = set;
      expect(await identityCenter.listAssignmentOperations("create", instance, "SUCCEEDED")).toContain(
        requestId,
      );
      expect(await identityCenter.listAssignmentOperations("create", instance, "IN_PROGRESS")).toEqual([]);
      expect(await identityCenter.listAssignmentOperations("delete", instance, "SUCCEEDED")).toEqual([]);
    });

    it("lets an operation be seen while it is under way", async () => {
      const { identityCenter, instance, assignment } = await aSet(await makeWorld());
      const { requestId } = await identityCenter.startAssignment("create", instance, assignment);
      expect(await identityCenter.listAssignmentOperations("create", instance, "IN_PROGRESS")).toEqual([
        requestId,
      ]);
    });

    it("takes a group that the instance does not see for one that may still come", async () => {
      const { identityCenter, instance, assignment } = await aSet(await makeWorld());
      const unknown = { ...assignment, principalId: "00000000-0000-4000-a000-000000000000" };
      await expect(identityCenter.startAssignment("create", instance, unknown)).rejects.toMatchObject({
        name: "NotPropagatedYet",
        retryable: true,
      });
    });

    it("provisions a changed permission set in every account that has it", async () => {
      const world = await makeWorld();
      const set = await aSet(world);
      await carryOut(set, "create", world);
      const [current] = await set.identityCenter.readPermissionSets(set.instance);
      if (current) await set.identityCenter.updatePermissionSet(set.instance, current, FULL);
      await set.identityCenter.provisionPermissionSet(set.instance, set.permissionSetArn);
      expect(await set.identityCenter.readAssignments(set.instance, set.permissionSetArn)).toEqual([
        set.assignment,
      ]);
    });
  });
}
