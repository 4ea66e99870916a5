import { describe, expect, it } from "vitest";
import { makeTestScim, scimUser } from "../../test-support/scim-client.ts";
import { textAt } from "../../test-support/test-sandbox.ts";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const email = (value: string) => [{ value, type: "work", primary: true }];

async function withUser(changes = {}) {
  const scim = makeTestScim();
  const { body } = await scim.send("POST", "/Users", scimUser("ada@contoso.com", changes));
  const path = `/Users/${textAt(body, "id")}`;
  const patch = (...Operations: object[]) => scim.send("PATCH", path, { Operations });
  return { ...scim, path, patch };
}

describe("SCIM users", () => {
  it("are created with id, meta and schemas, and are then in the identity store", async () => {
    const { send, sandbox } = makeTestScim();
    const { status, body } = await send("POST", "/Users", scimUser("ada@contoso.com", { externalId: "e-1" }));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{10}-/),
      externalId: "e-1",
      meta: { resourceType: "User", created: "2026-03-02T08:00:00Z", lastModified: "2026-03-02T08:00:00Z" },
      active: true,
    });
    expect(sandbox.users().map(({ id }) => id)).toEqual([body["id"]]);
    expect((await send("GET", `/Users/${textAt(body, "id")}`)).body).toEqual(body);
  });

  it.each([
    ["without a given name", { name: { familyName: "Lovelace" } }],
    ["without a display name", { displayName: undefined }],
    ["with an empty display name", { displayName: "" }],
    ["with two e-mail addresses", { emails: [...email("a@x.org"), ...email("b@x.org")] }],
    ["with an e-mail address that is not primary", { emails: [{ value: "a@x.org", type: "work" }] }],
    ["with groups", { groups: [{ value: "g" }] }],
    ["with a photo", { photos: [{ value: "https://x.org/a.png" }] }],
  ])("are refused %s, in AWS's words", async (_what, changes) => {
    const { send, sandbox } = makeTestScim();
    const { status, body } = await send("POST", "/Users", scimUser("ada@contoso.com", changes));
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: "400", detail: expect.stringContaining("violates schema") });
    expect(sandbox.users()).toEqual([]);
  });

  it("have a user name and an external id of their own", async () => {
    const { send } = await withUser({ externalId: "e-1" });
    const sameName = await send("POST", "/Users", scimUser("ADA@contoso.com"));
    expect(sameName).toMatchObject({ status: 409, reason: "Duplicate UserName" });
    const sameId = await send("POST", "/Users", scimUser("bob@contoso.com", { externalId: "e-1" }));
    expect(sameId.status).toBe(409);
  });

  it("are replaced by PUT, which answers 201 as AWS's sample does", async () => {
    const { send, path } = await withUser({ title: "Analyst" });
    const { status, body } = await send("PUT", path, scimUser("countess@contoso.com"));
    expect(status).toBe(201);
    expect(body).toMatchObject({ userName: "countess@contoso.com" });
    expect(body).not.toHaveProperty("title");
  });

  it("are deleted with their memberships", async () => {
    const { send, path, sandbox } = await withUser();
    const group = await send("POST", "/Groups", { displayName: "G", members: [{ value: path.slice(7) }] });
    expect((await send("DELETE", path)).status).toBe(204);
    expect((await send("GET", path)).status).toBe(404);
    expect(sandbox.states.identityStore.membershipsOf(textAt(group.body, "id"))).toEqual([]);
  });
});

describe("a PATCH of a SCIM user", () => {
  it("takes active as a text in any case, as Entra sends it", async () => {
    const { patch } = await withUser();
    const { status, body } = await patch({ op: "Replace", path: "active", value: "False" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ active: false });
  });

  it("reaches sub-attributes, list elements by type, and the enterprise extension", async () => {
    const { patch } = await withUser({ emails: email("ada@contoso.com") });
    const { body } = await patch(
      { op: "replace", path: "name.familyName", value: "King" },
      { op: "replace", path: 'emails[type eq "work"].value', value: "king@contoso.com" },
      { op: "add", path: `${ENTERPRISE}:department`, value: "Engines" },
      { op: "add", path: `${ENTERPRISE}:manager`, value: "m-1" },
    );
    expect(body).toMatchObject({
      name: { givenName: "Ada", familyName: "King" },
      emails: email("king@contoso.com"),
      [ENTERPRISE]: { department: "Engines", manager: { value: "m-1" } },
    });
  });

  it("takes an object of paths when the operation has no path", async () => {
    const { patch } = await withUser();
    const { body } = await patch({ op: "add", value: { title: "Countess", "name.givenName": "Augusta" } });
    expect(body).toMatchObject({ title: "Countess", name: { givenName: "Augusta" } });
  });

  it("removes what may be removed", async () => {
    const { patch } = await withUser({ title: "Analyst", emails: email("ada@contoso.com") });
    const { body } = await patch({ op: "remove", path: "title" }, { op: "remove", path: "emails" });
    expect(body).not.toHaveProperty("title");
    expect(body).not.toHaveProperty("emails");
  });

  it.each([
    ["removes the user name", [{ op: "remove", path: "userName" }]],
    ["removes without a path", [{ op: "remove" }]],
    ["removes a required name", [{ op: "remove", path: "name.familyName" }]],
    ["adds a second e-mail address", [{ op: "add", path: "emails", value: email("b@x.org") }]],
    ["changes roles", [{ op: "add", path: "roles", value: [{ value: "r" }] }]],
    ["changes active twice", [true, false].map((value) => ({ op: "replace", path: "active", value }))],
    ["has an operation of another name", [{ op: "move", path: "title", value: "x" }]],
  ])("is refused and changes nothing when it %s", async (_what, operations) => {
    const { patch, path, send } = await withUser({ emails: email("ada@contoso.com") });
    const before = (await send("GET", path)).body;
    expect((await patch(...operations)).status).toBe(400);
    expect((await send("GET", path)).body).toEqual(before);
  });

  it("may not take the user name of another", async () => {
    const { patch, send } = await withUser();
    await send("POST", "/Users", scimUser("bob@contoso.com"));
    expect((await patch({ op: "replace", path: "userName", value: "bob@contoso.com" })).status).toBe(409);
  });
});
