import { describe, expect, it } from "vitest";
import { makeGroup, makePermissionSet, makeTestSandbox, textAt } from "../../test-support/test-sandbox.ts";

const HOUR = 3_600_000;

async function setUp() {
  const test = makeTestSandbox();
  const arns = [await makePermissionSet(test, "One"), await makePermissionSet(test, "Two")];
  const { body } = await test.sso("ListPermissionSets", { MaxResults: 1 });
  return { ...test, arns, first: body, NextToken: textAt(body, "NextToken") };
}

describe("a page token", () => {
  it("leads to the rest of the list, also by another page size", async () => {
    const { sso, arns, first, NextToken } = await setUp();
    const rest = await sso("ListPermissionSets", { NextToken, MaxResults: 100 });
    expect([first["PermissionSets"], rest.body]).toEqual([[arns[0]], { PermissionSets: [arns[1]] }]);
  });

  it("expires after an hour", async () => {
    const { sso, clock, NextToken } = await setUp();
    await clock.advance(HOUR - 1);
    expect((await sso("ListPermissionSets", { NextToken })).status).toBe(200);
    await clock.advance(1);
    expect((await sso("ListPermissionSets", { NextToken })).error).toBe("ValidationException");
  });

  it("is of no use to another operation", async () => {
    const { sso, NextToken } = await setUp();
    expect((await sso("ListAccountAssignmentCreationStatus", { NextToken })).error).toBe(
      "ValidationException",
    );
  });

  it("is of no use with other parameters", async () => {
    const test = makeTestSandbox();
    const { identityStoreId: IdentityStoreId } = test.sandbox.states.identityStore;
    const groups = [makeGroup(test, "A"), makeGroup(test, "B")];
    const store = test.sandbox.states.identityStore;
    for (const userName of ["a", "b"]) {
      const name = { givenName: userName, familyName: userName };
      const { id } = store.createUser({ userName, displayName: userName, name, active: true });
      for (const groupId of groups) store.addMember(groupId, id);
    }
    const list = (GroupId: string | undefined, page: object) =>
      test.aws("identitystore", "ListGroupMemberships", { IdentityStoreId, GroupId, ...page });
    const NextToken = textAt((await list(groups[0], { MaxResults: 1 })).body, "NextToken");
    expect((await list(groups[1], { NextToken })).error).toBe("ValidationException");
    expect((await list(groups[0], { NextToken })).status).toBe(200);
  });

  it.each(["made-up", "c2FuZGJveC1wYWdlOjE"])("is refused when it was never given: %s", async (NextToken) => {
    const { sso } = await setUp();
    expect((await sso("ListPermissionSets", { NextToken })).error).toBe("ValidationException");
  });
});
