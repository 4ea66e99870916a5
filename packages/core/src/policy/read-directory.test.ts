import { describe, expect, it } from "vitest";
import type { DirectoryGroup, DirectoryUser } from "../model/directory.ts";
import type { Directory } from "../ports/directory.ts";
import { readDirectory } from "./read-directory.ts";
import { aGroup, aPolicy, aUser, objectId } from "../../test-support/sample-world.ts";

const ada = aUser(101, "ada@example.com");
const grace = aUser(102, "grace@example.com");

/** A directory in memory that behaves like Graph: names may repeat, members come one level at a time. */
function directoryOf(
  groups: readonly DirectoryGroup[],
  users: readonly DirectoryUser[] = [ada, grace],
): { directory: Directory; reads: string[]; maxConcurrent: () => number } {
  const reads: string[] = [];
  let running = 0;
  let most = 0;
  const directory: Directory = {
    readTenant: () => Promise.reject(new Error("not needed")),
    grantedPermissions: () => Promise.reject(new Error("not needed")),
    findGroupsByName: (name) =>
      Promise.resolve(groups.filter(({ displayName }) => displayName === name).map(withoutMembers)),
    findGroupsByBeginning: (beginning, atMost) =>
      Promise.resolve(
        groups
          .filter(({ displayName }) => displayName.toLowerCase().startsWith(beginning.toLowerCase()))
          .map(withoutMembers)
          .slice(0, atMost),
      ),
    findGroupById: (id) => Promise.resolve(groups.find((group) => group.id === id) ?? null),
    findUser: (name) =>
      Promise.resolve(users.find((user) => [user.id, user.userPrincipalName].includes(name)) ?? null),
    async readMembers(id) {
      reads.push(id);
      running++;
      most = Math.max(most, running);
      await Promise.resolve();
      running--;
      const group = groups.find((candidate) => candidate.id === id);
      return {
        users: users.filter((user) => group?.memberUserIds.includes(user.id)),
        groups: groups.filter((nested) => group?.memberGroupIds.includes(nested.id)).map(withoutMembers),
      };
    },
  };
  return { directory, reads, maxConcurrent: () => most };
}

function withoutMembers(group: DirectoryGroup): DirectoryGroup {
  return { ...group, memberUserIds: [], memberGroupIds: [] };
}

describe("reading the directory", () => {
  it("reads named groups with their members, and users by name or id", async () => {
    const { directory } = directoryOf([
      aGroup(1, "Engineering", { memberUserIds: [ada.id] }),
      aGroup(2, "Other"),
    ]);
    const policy = aPolicy([{ groups: ["Engineering"], users: [grace.id], targets: { root: true } }]);

    const snapshot = await readDirectory(policy, { directory });

    expect(snapshot.groups).toEqual([aGroup(1, "Engineering", { memberUserIds: [ada.id] })]);
    expect(snapshot.users).toEqual([ada, grace]);
  });

  it("leaves nested groups alone unless a rule expands them", async () => {
    const groups = [aGroup(1, "Engineering", { memberGroupIds: [objectId(2)] }), aGroup(2, "Platform")];
    const rule = { groups: ["Engineering"], targets: { root: true } };

    const ignored = await readDirectory(aPolicy([rule]), directoryOf(groups));
    const expanded = await readDirectory(aPolicy([rule, { ...rule, nested: "expand" }]), directoryOf(groups));

    expect(ignored.groups.map(({ displayName }) => displayName)).toEqual(["Engineering"]);
    expect(ignored.groups[0]?.memberGroupIds).toEqual([objectId(2)]);
    expect(expanded.groups.map(({ displayName }) => displayName)).toEqual(["Engineering", "Platform"]);
  });

  it("reads each group of a circle once", async () => {
    const { directory, reads } = directoryOf([
      aGroup(1, "A", { memberGroupIds: [objectId(2), objectId(3)] }),
      aGroup(2, "B", { memberGroupIds: [objectId(3)] }),
      aGroup(3, "C", { memberGroupIds: [objectId(1)] }),
    ]);

    const policy = aPolicy([{ groups: ["A"], nested: "expand", targets: { root: true } }]);
    const { groups } = await readDirectory(policy, { directory });

    expect(groups.map(({ displayName }) => displayName)).toEqual(["A", "B", "C"]);
    expect(reads.toSorted()).toEqual([objectId(1), objectId(2), objectId(3)]);
  });

  it("asks for at most five things at a time", async () => {
    const groups = Array.from({ length: 20 }, (_, number) => aGroup(number, `G${number}`));
    const { directory, maxConcurrent } = directoryOf(groups);

    await readDirectory(aPolicy([{ groups: groups.map(({ displayName }) => displayName) }]), { directory });

    expect(maxConcurrent()).toBe(5);
  });

  it("refuses everything that means nothing or two things, with places, at once", async () => {
    const { directory, reads } = directoryOf([aGroup(1, "Twins"), aGroup(2, "Twins"), aGroup(3, "Good")]);
    const policy = aPolicy([
      { groups: ["Good", "Twins"], users: ["bob@example.com"] },
      { groups: ["good"], except: { groups: [objectId(9)] } },
    ]);

    await expect(readDirectory(policy, { directory })).rejects.toMatchObject({
      name: "PolicyInvalid",
      message: [
        `access.yaml:10:5 rules[0].groups[1]: 2 groups are named "Twins" (${objectId(1)}, ${objectId(2)}); name it by object id`,
        'access.yaml:10:5 rules[0].users[0]: no user "bob@example.com"',
        'access.yaml:20:5 rules[1].groups[0]: no group is named "good" (did you mean "Good"?)',
        `access.yaml:20:5 rules[1].except.groups[0]: no group has the object id ${objectId(9)}`,
      ].join("\n"),
    });
    expect(reads).toEqual([]);
  });

  it("never takes a group whose name is an object id for the group of that id", async () => {
    const { directory } = directoryOf([aGroup(1, objectId(7))]);
    await expect(readDirectory(aPolicy([{ groups: [objectId(7)] }]), { directory })).rejects.toMatchObject({
      name: "PolicyInvalid",
    });
  });

  it("lets a failed read fail the whole", async () => {
    const { directory } = directoryOf([aGroup(1, "A"), aGroup(2, "B")]);
    const broken: Directory = {
      ...directory,
      readMembers: () => Promise.reject(new Error("page 2 is missing")),
    };
    await expect(readDirectory(aPolicy([{ groups: ["A", "B"] }]), { directory: broken })).rejects.toThrow(
      "page 2",
    );
  });

  it("reads the groups whose names a convention may mean, and none of the others", async () => {
    const names = [
      "AWS-Lab-ReadOnly",
      "aws-lab-readonly",
      "AWS-Lab-Admin",
      "AWS--ReadOnly",
      "XAWS-Lab-ReadOnly",
    ];
    const { directory, reads } = directoryOf(names.map((name, index) => aGroup(index, name)));
    const at = { file: "access.yaml", line: 9, column: 5 };
    const pattern = "AWS-{account}-{permissionSet}";
    const policy = {
      ...aPolicy([]),
      conventions: [{ pattern, at, permissionSets: ["ReadOnly"], privileged: [] }],
    };
    const { groups } = await readDirectory(policy, { directory });
    expect(groups.map(({ displayName }) => displayName)).toEqual(["AWS-Lab-ReadOnly", "aws-lab-readonly"]);
    expect(reads).toHaveLength(2);

    const crowded: Directory = {
      ...directory,
      findGroupsByBeginning: async (_, atMost) =>
        Array.from({ length: atMost }, (__, n) => aGroup(n, "AWS-")),
    };
    await expect(readDirectory(policy, { directory: crowded })).rejects.toMatchObject({
      name: "PolicyInvalid",
      message: expect.stringContaining('more than 5000 groups begin with "AWS-"'),
    });
  });
});
