import { describe, expect, it } from "vitest";
import {
  at,
  type Json,
  makeGroup,
  makeTestSandbox,
  makeUser,
  type TestSandbox,
  textAt,
} from "../../test-support/test-sandbox.ts";

function ask({ aws, sandbox }: TestSandbox, operation: string, body: Json = {}) {
  const IdentityStoreId = sandbox.states.identityStore.identityStoreId;
  return aws("identitystore", operation, { IdentityStoreId, ...body });
}

function by(AttributePath: string, AttributeValue: string): Json {
  return { AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } };
}

describe("the Identity Store API", () => {
  it("shows the external id of a group with the issuer by which it can be looked up", async () => {
    const test = makeTestSandbox();
    test.sandbox.states.scim.enable();
    const { id } = test.sandbox.states.identityStore.createGroup({
      displayName: "Admins",
      externalId: "e-1",
    });
    const group = await ask(test, "DescribeGroup", { GroupId: id });
    expect(at(group.body, "ExternalIds.0.Id")).toBe("e-1");
    const ExternalId = { Issuer: textAt(group.body, "ExternalIds.0.Issuer"), Id: "e-1" };
    const found = await ask(test, "GetGroupId", { AlternateIdentifier: { ExternalId } });
    expect(found.body).toMatchObject({ GroupId: id });
    const other = { ExternalId: { ...ExternalId, Issuer: "somebody else" } };
    expect((await ask(test, "GetGroupId", { AlternateIdentifier: other })).error).toBe(
      "ResourceNotFoundException",
    );
  });

  it("finds a user by name whatever the case, and a group by display name", async () => {
    const test = makeTestSandbox();
    const userId = makeUser(test, "ada@contoso.com");
    const groupId = makeGroup(test, "Admins");
    expect((await ask(test, "GetUserId", by("userName", "ADA@contoso.com"))).body).toMatchObject({
      UserId: userId,
    });
    expect((await ask(test, "GetGroupId", by("displayName", "Admins"))).body).toMatchObject({
      GroupId: groupId,
    });
    expect((await ask(test, "GetGroupId", by("description", "x"))).error).toBe("ValidationException");
  });

  it("lists groups in pages of the size asked for", async () => {
    const test = makeTestSandbox();
    for (const name of ["A", "B", "C"]) makeGroup(test, name);
    const first = await ask(test, "ListGroups", { MaxResults: 2 });
    expect(at(first.body, "Groups.length")).toBe(2);
    const second = await ask(test, "ListGroups", {
      MaxResults: 2,
      NextToken: textAt(first.body, "NextToken"),
    });
    expect(at(second.body, "Groups.0.DisplayName")).toBe("C");
    expect(second.body).not.toHaveProperty("NextToken");
  });

  it("tells the members of a group, and of many groups whether a user is in them", async () => {
    const test = makeTestSandbox();
    const [UserId, inside, outside] = [makeUser(test), makeGroup(test, "A"), makeGroup(test, "B")];
    test.sandbox.states.identityStore.addMember(inside, UserId);
    const members = await ask(test, "ListGroupMemberships", { GroupId: inside });
    expect(at(members.body, "GroupMemberships.0.MemberId")).toEqual({ UserId });
    const answer = await ask(test, "IsMemberInGroups", { MemberId: { UserId }, GroupIds: [inside, outside] });
    expect([
      at(answer.body, "Results.0.MembershipExists"),
      at(answer.body, "Results.1.MembershipExists"),
    ]).toEqual([true, false]);
  });

  it("says of a disabled user that it is disabled", async () => {
    const test = makeTestSandbox();
    const user = test.sandbox.states.identityStore.users.get(makeUser(test));
    if (user === undefined) throw new Error("The user was not made.");
    test.sandbox.states.identityStore.updateUser(user, { ...user.attributes, active: false });
    const { body } = await ask(test, "DescribeUser", { UserId: user.id });
    expect(body).toMatchObject({
      UserStatus: "DISABLED",
      Name: { GivenName: "Ada", FamilyName: "Lovelace" },
    });
  });

  it("does not know another identity store", async () => {
    const { body } = await ask(makeTestSandbox(), "ListUsers", { IdentityStoreId: "d-0000000000" });
    expect(body).toMatchObject({ __type: "ResourceNotFoundException", ResourceType: "IDENTITY_STORE" });
  });

  it("throttles each operation on its own at 20 requests a second", async () => {
    const test = makeTestSandbox();
    for (let sent = 0; sent < 20; sent += 1) await ask(test, "ListGroups");
    expect((await ask(test, "ListGroups")).error).toBe("ThrottlingException");
    expect((await ask(test, "ListUsers")).status).toBe(200);
  });
});
