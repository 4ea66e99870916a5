import { describe, expect, it } from "vitest";
import { makeTestScim, scimUser, type TestScim } from "../../test-support/scim-client.ts";
import { makeUser, textAt } from "../../test-support/test-sandbox.ts";

async function withGroup() {
  const scim = makeTestScim();
  const userId = textAt((await scim.send("POST", "/Users", scimUser("ada@contoso.com"))).body, "id");
  const { body } = await scim.send("POST", "/Groups", { displayName: "Admins", externalId: "g-1" });
  const groupId = textAt(body, "id");
  const patch = (...Operations: object[]) => scim.send("PATCH", `/Groups/${groupId}`, { Operations });
  const members = () => scim.sandbox.states.identityStore.membershipsOf(groupId).map(({ userId }) => userId);
  return { ...scim, userId, groupId, patch, members };
}

function manyUsers(scim: TestScim, count: number): { value: string }[] {
  return Array.from({ length: count }, (_, index) => ({ value: makeUser(scim, `user${index}@contoso.com`) }));
}

describe("SCIM groups", () => {
  it("are created with members, and never show them", async () => {
    const { send, userId, sandbox } = await withGroup();
    const { status, body } = await send("POST", "/Groups", {
      displayName: "Ops",
      members: [{ value: userId }],
    });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty("members");
    const shown = await send("GET", `/Groups/${textAt(body, "id")}`);
    expect(shown.body).not.toHaveProperty("members");
    expect(sandbox.states.identityStore.isMember(textAt(body, "id"), userId)).toBe(true);
  });

  it("begin with 100 members at most, which count as membership changes", async () => {
    const scim = await withGroup();
    const members = manyUsers(scim, 101);
    const create = (displayName: string, count: number) =>
      scim.send("POST", "/Groups", { displayName, members: members.slice(0, count) });
    expect((await create("Many", 101)).status).toBe(400);
    expect((await create("Most", 100)).status).toBe(201);
    expect(await create("One", 1)).toMatchObject({ status: 429, body: { detail: "ThrottlingException" } });
    expect((await create("None", 0)).status).toBe(201);
  });

  it("have a display name of their own", async () => {
    const { send } = await withGroup();
    const { status, body, reason } = await send("POST", "/Groups", { displayName: "Admins" });
    expect({ status, reason }).toEqual({ status: 409, reason: "Duplicate GroupDisplayName" });
    expect(body).toMatchObject({ status: "409", detail: "Refused to create a new, duplicate resource." });
  });

  it.each([
    ["without a display name", {}],
    ["with a member that does not exist", { displayName: "Ops", members: [{ value: "nobody" }] }],
    ["with an attribute that AWS does not have", { displayName: "Ops", description: "x" }],
  ])("are refused %s", async (_what, body) => {
    const { send, sandbox } = await withGroup();
    expect((await send("POST", "/Groups", body)).status).toBe(400);
    expect(sandbox.groups()).toHaveLength(1);
  });

  it("cannot be replaced: there is no PUT", async () => {
    const { send, groupId } = await withGroup();
    expect((await send("PUT", `/Groups/${groupId}`, { displayName: "Other" })).status).toBe(400);
  });

  it("are deleted once", async () => {
    const { send, groupId } = await withGroup();
    expect((await send("DELETE", `/Groups/${groupId}`)).status).toBe(204);
    expect((await send("DELETE", `/Groups/${groupId}`)).status).toBe(404);
  });
});

describe("a PATCH of a SCIM group", () => {
  it("answers 204 without a body, adds and removes members", async () => {
    const { patch, members, userId } = await withGroup();
    const change = { path: "members", value: [{ value: userId }] };
    expect(await patch({ op: "add", ...change })).toMatchObject({ status: 204, body: {} });
    await patch({ op: "Add", ...change });
    expect(members()).toEqual([userId]);
    await patch({ op: "remove", ...change });
    expect(members()).toEqual([]);
  });

  it("renames the group and keeps its external id", async () => {
    const { patch, sandbox } = await withGroup();
    await patch({ op: "replace", path: "displayName", value: "Operators" });
    expect(sandbox.groups()[0]?.attributes).toEqual({ displayName: "Operators", externalId: "g-1" });
  });

  it("takes 100 membership changes and refuses 101 without making any", async () => {
    const scim = await withGroup();
    const users = manyUsers(scim, 101);
    expect((await scim.patch({ op: "add", path: "members", value: users })).status).toBe(400);
    expect(scim.members()).toEqual([]);
    expect((await scim.patch({ op: "add", path: "members", value: users.slice(1) })).status).toBe(204);
    expect(scim.members()).toHaveLength(100);
  });

  it("counts membership changes against a quota of their own, and makes none when it is spent", async () => {
    const scim = await withGroup();
    const users = manyUsers(scim, 101);
    await scim.patch({ op: "add", path: "members", value: users.slice(1) });
    const more = { op: "add", path: "members", value: users.slice(0, 1) };
    expect((await scim.patch(more)).status).toBe(429);
    expect(scim.members()).toHaveLength(100);
    expect((await scim.patch({ op: "replace", path: "displayName", value: "Others" })).status).toBe(204);
    await scim.clock.advance(1000);
    expect((await scim.patch(more)).status).toBe(204);
  });

  it.each([
    ["has no path", [{ op: "add", value: { displayName: "x" } }], 400],
    ["replaces all members", [{ op: "replace", path: "members", value: [] }], 400],
    ["removes all members", [{ op: "remove", path: "members" }], 400],
    ["removes an empty list of members", [{ op: "remove", path: "members", value: [] }], 400],
    ["removes the display name", [{ op: "remove", path: "displayName" }], 400],
    ["changes an attribute that AWS does not have", [{ op: "add", path: "description", value: "x" }], 400],
    ["adds a user that does not exist", [{ op: "add", path: "members", value: [{ value: "nobody" }] }], 404],
  ])("is refused when it %s", async (_what, operations, status) => {
    const { patch, members, userId } = await withGroup();
    await patch({ op: "add", path: "members", value: [{ value: userId }] });
    expect((await patch(...operations)).status).toBe(status);
    expect(members()).toEqual([userId]);
  });
});
