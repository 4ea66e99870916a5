import { describe, expect, it } from "vitest";
import { ACCOUNTS, GROUPS, type MakeWorld, TAGS, USER } from "../aws-world.ts";

export function describeReaders(makeWorld: MakeWorld): void {
  describe("identityStore", () => {
    it("lists all groups, over as many pages as there are", async () => {
      const { ports, instance, groupIds } = await makeWorld();
      const groups = await ports.identityStore.listGroups(instance.identityStoreId);
      expect(groups).toHaveLength(GROUPS);
      expect(new Set(groups.map(({ principalId }) => principalId))).toEqual(new Set(groupIds));
      expect(groups.find(({ name }) => name === "Group 0")).toEqual({
        type: "GROUP",
        principalId: groupIds[0],
        name: "Group 0",
        externalId: null,
      });
    });

    it("lists users by user name", async () => {
      const { ports, instance, userId } = await makeWorld();
      expect(await ports.identityStore.listUsers(instance.identityStoreId)).toEqual([
        { type: "USER", principalId: userId, name: USER, externalId: null },
      ]);
    });
  });

  describe("organization", () => {
    it("reads the whole tree", async () => {
      const { ports, accountIds, managementAccountId } = await makeWorld();
      const organization = await ports.organization.read({ tags: false });
      expect(organization.managementAccountId).toBe(managementAccountId);
      expect(organization.units.map(({ path }) => path).toSorted()).toEqual([
        "Workloads",
        "Workloads/Production",
      ]);
      expect(organization.accounts).toHaveLength(ACCOUNTS);
      const production = organization.units.find(({ name }) => name === "Production");
      const inside = organization.accounts.filter(({ parentId }) => parentId === production?.id);
      expect(new Set(inside.map(({ id }) => id))).toEqual(new Set(accountIds));
      expect(inside.every(({ state }) => state === "ACTIVE")).toBe(true);
    });

    it("reads tags when it is asked to", async () => {
      const { ports, accountIds } = await makeWorld();
      const { accounts } = await ports.organization.read({ tags: true });
      expect(accounts.find(({ id }) => id === accountIds[0])?.tags).toEqual(TAGS);
      expect(accounts.find(({ id }) => id === accountIds[1])?.tags).toEqual({});
    });
  });
}
