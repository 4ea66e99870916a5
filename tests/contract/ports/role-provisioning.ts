import { describe, expect, it } from "vitest";
import type { AwsWorld, MakeWorld } from "../aws-world.ts";
import { aPermissionSet, carryOut, followed, PLAIN } from "./a-permission-set.ts";

/** A permission set that was changed after it had become a role in two accounts. */
async function anOutdatedSet(world: AwsWorld) {
  const { assignment, ...set } = await aPermissionSet(world);
  const { identityCenter, instance, permissionSetArn } = set;
  const accountIds = world.accountIds.slice(0, 2);
  for (const accountId of accountIds) await carryOut(world, "create", { ...assignment, accountId });
  const outdated = async () =>
    (await identityCenter.listOutdatedAccounts(instance, permissionSetArn)).toSorted();
  const before = await outdated();
  const current = await identityCenter.readPermissionSet(instance, permissionSetArn);
  if (!current) throw new Error("The permission set is gone");
  await identityCenter.updatePermissionSet(instance, current, { ...PLAIN, sessionDuration: "PT4H" });
  const provision = async (accountId: string | null) => {
    const started = await identityCenter.startProvisioning(instance, permissionSetArn, accountId);
    return followed(world, started, (id) => identityCenter.describeProvisioning(instance, id));
  };
  return { ...set, accountIds, outdated, before, provision };
}

export function describeRoleProvisioning(makeWorld: MakeWorld): void {
  describe("identityCenter", () => {
    it("has every role of a changed permission set out of date until it is provisioned there", async () => {
      const { accountIds, before, outdated, provision } = await anOutdatedSet(await makeWorld());
      const [first = "", second = ""] = accountIds;
      expect(before).toEqual([]);
      expect(await outdated()).toEqual([first, second].toSorted());
      expect(await provision(first)).toMatchObject({ status: "SUCCEEDED", failureReason: null });
      expect(await outdated()).toEqual([second]);
    });

    it("brings the roles in all accounts up to date at once", async () => {
      const { outdated, provision } = await anOutdatedSet(await makeWorld());
      expect(await provision(null)).toMatchObject({ status: "SUCCEEDED" });
      expect(await outdated()).toEqual([]);
    });
  });
}
