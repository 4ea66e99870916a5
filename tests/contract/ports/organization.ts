import { describe, expect, it } from "vitest";
import { ACTIVE_ACCOUNTS, type MakeWorld, TAGS } from "../aws-world.ts";

export function describeOrganization(makeWorld: MakeWorld): void {
  describe("organization", () => {
    it("reads the whole tree", async () => {
      const { ports, accountIds, managementAccountId } = await makeWorld();
      const organization = await ports.organization.read({ tags: false });
      expect(organization.managementAccountId).toBe(managementAccountId);
      expect(organization.units.map(({ path }) => path).toSorted()).toEqual([
        "Workloads",
        "Workloads/Production",
      ]);
      expect(organization.accounts).toHaveLength(ACTIVE_ACCOUNTS + 2);
      const production = organization.units.find(({ name }) => name === "Production");
      const inside = organization.accounts.filter(
        ({ parentId, state }) => parentId === production?.id && state === "ACTIVE",
      );
      expect(new Set(inside.map(({ id }) => id))).toEqual(new Set(accountIds));
    });

    it("reads the state of an account that is closed", async () => {
      const { ports, suspendedAccountId } = await makeWorld();
      const { accounts } = await ports.organization.read({ tags: false });
      expect(accounts.find(({ id }) => id === suspendedAccountId)?.state).toBe("SUSPENDED");
    });

    it("says that tags were not read when it is not asked to", async () => {
      const { ports, accountIds } = await makeWorld();
      const { accounts } = await ports.organization.read({ tags: false });
      expect(accounts.find(({ id }) => id === accountIds[0])?.tags).toBeNull();
    });

    it("reads tags when it is asked to", async () => {
      const { ports, accountIds } = await makeWorld();
      const { accounts } = await ports.organization.read({ tags: true });
      expect(accounts.find(({ id }) => id === accountIds[0])?.tags).toEqual(TAGS);
      expect(accounts.find(({ id }) => id === accountIds[1])?.tags).toEqual({});
    });
  });
}
