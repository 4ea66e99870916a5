import type { PermissionSetSpec } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import type { MakeWorld } from "../aws-world.ts";
import { aPermissionSet, carryOut, PLAIN } from "./a-permission-set.ts";

const FULL: PermissionSetSpec = {
  description: "For the contract",
  sessionDuration: "PT4H",
  relayState: null,
  awsManagedPolicies: [
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/job-function/Billing",
  ],
  customerManagedPolicies: [{ name: "Extra", path: "/team/" }],
  inlinePolicy:
    '{"Statement":[{"Action":"s3:ListBucket","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
  permissionsBoundary: { awsManagedPolicy: "arn:aws:iam::aws:policy/PowerUserAccess" },
  tags: null,
};

export function describePermissionSets(makeWorld: MakeWorld): void {
  describe("identityCenter", () => {
    it("knows the organization's instance", async () => {
      const { ports, instance } = await makeWorld();
      expect(await ports.identityCenter.readInstance()).toEqual(instance);
    });

    it("creates a permission set that reads back as it was said", async () => {
      const { identityCenter, instance, permissionSetArn } = await aPermissionSet(await makeWorld(), {
        spec: FULL,
      });
      expect(await identityCenter.readPermissionSets(instance)).toEqual([
        { name: "Builder", arn: permissionSetArn, spec: FULL },
      ]);
    });

    it("does not create a permission set of a name that is taken", async () => {
      const { identityCenter, instance } = await aPermissionSet(await makeWorld());
      await expect(identityCenter.createPermissionSet(instance, "Builder", PLAIN)).rejects.toMatchObject({
        name: "ConflictingOperation",
      });
    });

    it("brings a permission set to another spec, and back", async () => {
      const { identityCenter, instance } = await aPermissionSet(await makeWorld());
      for (const spec of [FULL, PLAIN]) {
        const [current] = await identityCenter.readPermissionSets(instance);
        if (current) await identityCenter.updatePermissionSet(instance, current, spec);
        const [updated] = await identityCenter.readPermissionSets(instance);
        expect(updated?.spec).toEqual(spec);
      }
    });

    it("provisions a changed permission set in every account that has it", async () => {
      const world = await makeWorld();
      const set = await aPermissionSet(world);
      const { identityCenter, instance, permissionSetArn, assignment } = set;
      await carryOut(world, "create", assignment);
      const [current] = await identityCenter.readPermissionSets(instance);
      if (current) await identityCenter.updatePermissionSet(instance, current, FULL);
      await identityCenter.provisionPermissionSet(instance, permissionSetArn);
      expect(await identityCenter.readAssignments(instance, permissionSetArn)).toEqual([assignment]);
    });
  });
}
