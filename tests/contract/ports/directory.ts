import { describe, expect, it } from "vitest";
import type { MakeEntraWorld } from "../entra-world.ts";

const NOBODY = "00000000-0000-4000-a000-000000000000";

export function describeDirectory(makeWorld: MakeEntraWorld): void {
  describe("directory", () => {
    it.each([
      ["P1", true],
      ["Free", false],
    ] as const)(
      "knows the tenant, and whether its licence %s lets groups be assigned",
      async (licence, can) => {
        const { ports, tenantId } = await makeWorld({ licence });
        expect(await ports.directory.readTenant()).toEqual({
          tenantId,
          displayName: "Example",
          canAssignGroups: can,
        });
      },
    );

    it("finds every group of exactly that name", async () => {
      const { ports, idOf } = await makeWorld();
      const find = async (name: string) => ports.directory.findGroupsByName(name);
      expect(await find("Engineers")).toEqual([
        {
          id: idOf("Engineers"),
          displayName: "Engineers",
          securityEnabled: true,
          memberUserIds: [],
          memberGroupIds: [],
        },
      ]);
      expect(await find("Twin")).toHaveLength(2);
      expect(await find("O'Brien's & co")).toMatchObject([{ securityEnabled: false }]);
      expect(await find("Engineer")).toEqual([]);
    });

    it("finds a group by its id, or nothing", async () => {
      const { ports, idOf } = await makeWorld();
      expect(await ports.directory.findGroupById(idOf("Interns"))).toMatchObject({ displayName: "Interns" });
      expect(await ports.directory.findGroupById(NOBODY)).toBeNull();
    });

    it("finds a user by principal name or id, or nothing", async () => {
      const { ports, idOf } = await makeWorld();
      const robot = {
        id: idOf("robot@example.com"),
        userPrincipalName: "robot@example.com",
        displayName: "robot",
        givenName: "robot",
        surname: null,
        accountEnabled: true,
      };
      expect(await ports.directory.findUser("robot@example.com")).toEqual(robot);
      expect(await ports.directory.findUser(robot.id)).toEqual(robot);
      expect(await ports.directory.findUser("nobody@example.com")).toBeNull();
    });

    it("reads direct members only: users, and groups nested", async () => {
      const { ports, idOf } = await makeWorld();
      const { users, groups } = await ports.directory.readMembers(idOf("Engineers"));
      expect(users.map(({ displayName }) => displayName).toSorted()).toEqual(["ada", "robot"]);
      expect(groups.map(({ id }) => id)).toEqual([idOf("Interns")]);
      expect(await ports.directory.readMembers(idOf("engineers"))).toEqual({ users: [], groups: [] });
    });

    it("reads all members, over as many pages as there are", async () => {
      const { ports, idOf } = await makeWorld();
      const { users } = await ports.directory.readMembers(idOf("Crowd"));
      expect(new Set(users.map(({ id }) => id)).size).toBe(1005);
    });

    it("takes a group that is gone for an incomplete read, not for an empty one", async () => {
      const { ports } = await makeWorld();
      await expect(ports.directory.readMembers(NOBODY)).rejects.toMatchObject({ name: "IncompleteRead" });
    });

    it("names the permission that is missing", async () => {
      const { ports, grant, idOf } = await makeWorld();
      grant(["User.Read.All"]);
      expect(await ports.directory.grantedPermissions()).toEqual(["User.Read.All"]);
      await expect(ports.directory.findUser("ada@example.com")).resolves.not.toBeNull();
      await expect(ports.directory.findGroupById(idOf("Interns"))).rejects.toMatchObject({
        name: "ConsentMissing",
        message: expect.stringContaining("GroupMember.Read.All") as string,
      });
    });
  });
}
