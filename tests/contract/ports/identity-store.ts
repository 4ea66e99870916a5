import { describe, expect, it } from "vitest";
import { GROUPS, type MakeWorld, USER } from "../aws-world.ts";

export function describeIdentityStore(makeWorld: MakeWorld): void {
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
}
