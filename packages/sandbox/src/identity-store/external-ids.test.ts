import { describe, expect, it } from "vitest";
import { type Json, makeTestSandbox, textAt } from "../../test-support/test-sandbox.ts";

async function setUp() {
  const { aws, sandbox } = makeTestSandbox();
  const { scim, identityStore } = sandbox.states;
  const base = new URL(scim.enable()).pathname;
  const headers = { authorization: `Bearer ${scim.createToken().token}` };
  const create = async (type: "Users" | "Groups", resource: Json) => {
    const request = { method: "POST", headers, body: JSON.stringify(resource) };
    const response = await sandbox.fetch(new Request(`http://127.0.0.1/scim${base}/${type}`, request));
    return textAt(await response.json(), "id");
  };
  const UserId = await create("Users", {
    userName: "ada@contoso.com",
    displayName: "Ada",
    name: { givenName: "Ada", familyName: "Lovelace" },
    emails: [{ value: "Ada@contoso.com", primary: true }],
    externalId: "entra-user",
  });
  const GroupId = await create("Groups", { displayName: "Admins", externalId: "entra-group" });
  const ask = async (operation: string, body: Json) =>
    (await aws("identitystore", operation, { IdentityStoreId: identityStore.identityStoreId, ...body })).body;
  return { ask, UserId, GroupId };
}

describe("users and groups that SCIM made", () => {
  it("carry their external id, by which they are found", async () => {
    const { ask, UserId, GroupId } = await setUp();
    const user = await ask("DescribeUser", { UserId });
    const group = await ask("DescribeGroup", { GroupId });
    const Issuer = textAt(user, "ExternalIds.0.Issuer");
    expect(user["ExternalIds"]).toEqual([{ Issuer, Id: "entra-user" }]);
    expect(group["ExternalIds"]).toEqual([{ Issuer, Id: "entra-group" }]);
    const by = (Id: string) => ({ AlternateIdentifier: { ExternalId: { Issuer, Id } } });
    expect(await ask("GetUserId", by("entra-user"))).toMatchObject({ UserId });
    expect(await ask("GetGroupId", by("entra-group"))).toMatchObject({ GroupId });
    expect(await ask("GetUserId", by("entra-group"))).toMatchObject({
      __type: "ResourceNotFoundException",
      ResourceType: "USER",
    });
  });

  it("are found by e-mail address", async () => {
    const { ask, UserId } = await setUp();
    const UniqueAttribute = { AttributePath: "emails.value", AttributeValue: "Ada@contoso.com" };
    expect(await ask("GetUserId", { AlternateIdentifier: { UniqueAttribute } })).toMatchObject({ UserId });
  });
});
