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

    it("lists permission sets by name alone", async () => {
      const { identityCenter, instance, permissionSetArn } = await aPermissionSet(await makeWorld());
      expect(await identityCenter.listPermissionSets(instance)).toEqual([
        { name: "Builder", arn: permissionSetArn },
      ]);
    });

    it("does not create a permission set of a name that is taken", async () => {
      const { identityCenter, instance } = await aPermissionSet(await makeWorld());
      await expect(identityCenter.createPermissionSet(instance, "Builder", PLAIN)).rejects.toMatchObject({
        name: "ConflictingOperation",
      });
    });

    it("keeps relay state and tags, and leaves them alone where the spec says nothing of them", async () => {
      const relayState = "https://eu-central-1.console.aws.amazon.com/s3/home";
      const spec = { ...PLAIN, relayState, tags: { team: "platform" } };
      const { identityCenter, instance } = await aPermissionSet(await makeWorld(), { spec });
      const read = () => identityCenter.readPermissionSets(instance, { tagsOf: new Set(["Builder"]) });
      const [current] = await read();
      expect(current?.spec).toEqual(spec);
      if (current) {
        const silent = { ...PLAIN, description: "Other" };
        await identityCenter.updatePermissionSet(instance, current, silent);
      }
      expect((await read())[0]?.spec).toEqual({ ...spec, description: "Other" });
    });

    it("deletes a permission set, however often", async () => {
      const { identityCenter, instance, permissionSetArn } = await aPermissionSet(await makeWorld());
      await identityCenter.deletePermissionSet(instance, permissionSetArn);
      await identityCenter.deletePermissionSet(instance, permissionSetArn);
      expect(await identityCenter.readPermissionSets(instance)).toEqual([]);
    });

    it("deletes no permission set that an account has", async () => {
      const world = await makeWorld();
      const { identityCenter, instance, permissionSetArn, assignment } = await aPermissionSet(world);
      await carryOut(world, "create", assignment);
      const deletion = identityCenter.deletePermissionSet(instance, permissionSetArn);
      await expect(deletion).rejects.toMatchObject({ name: "ConflictingOperation" });
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

    it("reads one permission set, and none that is gone", async () => {
      const { identityCenter, instance, permissionSetArn } = await aPermissionSet(await makeWorld(), {
        spec: FULL,
      });
      expect(await identityCenter.listPermissionSetArns(instance)).toEqual([permissionSetArn]);
      expect(await identityCenter.readPermissionSet(instance, permissionSetArn)).toEqual({
        name: "Builder",
        arn: permissionSetArn,
        spec: FULL,
      });
      await identityCenter.deletePermissionSet(instance, permissionSetArn);
      expect(await identityCenter.readPermissionSet(instance, permissionSetArn)).toBeNull();
    });
  });
}
