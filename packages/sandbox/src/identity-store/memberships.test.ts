import { describe, expect, it } from "vitest";
import { type Json, makeGroup, makeTestSandbox, makeUser, textAt } from "../../test-support/test-sandbox.ts";

function setUp() {
  const test = makeTestSandbox();
  const store = test.sandbox.states.identityStore;
  const [userId, admins, others] = [makeUser(test), makeGroup(test, "Admins"), makeGroup(test, "Others")];
  store.addMember(admins, userId);
  const ask = (operation: string, body: Json = {}) =>
    test.aws("identitystore", operation, { IdentityStoreId: store.identityStoreId, ...body });
  return { ...test, ask, userId, admins, others };
}

describe("memberships in the identity store", () => {
  it("are listed for a member", async () => {
    const { ask, userId, admins } = setUp();
    const { body } = await ask("ListGroupMembershipsForMember", { MemberId: { UserId: userId } });
    expect(body["GroupMemberships"]).toMatchObject([{ GroupId: admins, MemberId: { UserId: userId } }]);
  });

  it("are found by group and member, and described by id", async () => {
    const { ask, userId, admins, others } = setUp();
    const MemberId = { UserId: userId };
    const found = await ask("GetGroupMembershipId", { GroupId: admins, MemberId });
    const MembershipId = textAt(found.body, "MembershipId");
    expect((await ask("DescribeGroupMembership", { MembershipId })).body).toMatchObject({
      MembershipId,
      GroupId: admins,
    });
    const none = await ask("GetGroupMembershipId", { GroupId: others, MemberId });
    expect(none.body).toMatchObject({
      __type: "ResourceNotFoundException",
      ResourceType: "GROUP_MEMBERSHIP",
    });
  });

  it("are told for up to a hundred groups at once", async () => {
    const { ask, userId, admins, others } = setUp();
    const MemberId = { UserId: userId };
    const { body } = await ask("IsMemberInGroups", { MemberId, GroupIds: [admins, others] });
    const exists = (body["Results"] as Json[]).map(({ MembershipExists }) => MembershipExists);
    expect(exists).toEqual([true, false]);
    const GroupIds = Array.from({ length: 101 }, () => admins);
    expect((await ask("IsMemberInGroups", { MemberId, GroupIds })).error).toBe("ValidationException");
  });
});

describe("the identity store", () => {
  it("still has the deprecated filters of lists, one at a time and by the documented attribute", async () => {
    const { ask, admins } = setUp();
    const list = (operation: string, ...filters: readonly (readonly [string, string])[]) => {
      const Filters = filters.map(([AttributePath, AttributeValue]) => ({ AttributePath, AttributeValue }));
      return ask(operation, { Filters });
    };
    const { body } = await list("ListGroups", ["DisplayName", "Admins"]);
    expect(body["Groups"]).toMatchObject([{ GroupId: admins }]);
    expect((await list("ListUsers", ["UserName", "nobody"])).body["Users"]).toEqual([]);
    expect((await list("ListUsers", ["Title", "x"])).error).toBe("ValidationException");
    expect((await list("ListGroups", ["DisplayName", "A"], ["DisplayName", "B"])).error).toBe(
      "ValidationException",
    );
  });

  it.each(["CreateGroup", "CreateUser", "CreateGroupMembership", "DeleteGroup", "UpdateUser"])(
    "is written by SCIM alone: %s is refused",
    async (operation) => {
      const { ask } = setUp();
      const { error, body } = await ask(operation);
      expect(error).toBe("UnknownOperationException");
      expect(body["Message"]).toContain("packages/sandbox/src/identity-store/coverage.md");
    },
  );
});
