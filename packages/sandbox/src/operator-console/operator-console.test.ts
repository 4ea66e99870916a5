import { describe, expect, it } from "vitest";
import {
  type Json,
  makeGroup,
  makePermissionSet,
  makeTestSandbox,
  makeUser,
  textAt,
} from "../../test-support/test-sandbox.ts";
import { IDP_METADATA } from "../../test-support/console-visitor.ts";

const ACCEPT = { metadata: IDP_METADATA, confirmation: "ACCEPT" };

function setUp() {
  const test = makeTestSandbox();
  const send = async (method: string, path: string, body?: Json) => {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await test.sandbox.fetch(new Request(`http://127.0.0.1/console/api${path}`, init));
    const text = await response.text();
    return { status: response.status, text, body: (text.startsWith("{") ? JSON.parse(text) : {}) as Json };
  };
  return { ...test, test, send };
}

describe("the identity source", () => {
  it.each([
    ["ACCEPT", 200],
    ["accept", 400],
  ])("is changed with the metadata file itself, the word %s in the query: %i", async (word, status) => {
    const { sandbox } = setUp();
    const url = `http://127.0.0.1/console/api/identity-source?confirmation=${word}`;
    const headers = { "content-type": "application/xml" };
    const response = await sandbox.fetch(new Request(url, { method: "POST", headers, body: IDP_METADATA }));
    expect(response.status).toBe(status);
  });

  it("is changed with metadata of an identity provider and the word ACCEPT", async () => {
    const { send, sandbox } = setUp();
    const { status, body } = await send("POST", "/identity-source", ACCEPT);
    expect(status).toBe(200);
    expect(body).toEqual({ entityId: "https://sts.windows.net/t/", certificates: 2 });
    expect(sandbox.console.identityProvider()?.certificates).toEqual(["AAAA", "BBBB"]);
  });

  it.each([
    ["another word", { ...ACCEPT, confirmation: "accept" }, "ACCEPT"],
    [
      "metadata of a service provider",
      { ...ACCEPT, metadata: IDP_METADATA.replaceAll("IDPSSO", "SPSSO") },
      "IDPSSODescriptor",
    ],
    [
      "metadata without a certificate",
      { ...ACCEPT, metadata: IDP_METADATA.replaceAll("X509", "X") },
      "X509Certificate",
    ],
    ["a document type", { ...ACCEPT, metadata: `<!DOCTYPE a>${IDP_METADATA}` }, "document type"],
    ["no metadata", { confirmation: "ACCEPT" }, "metadata"],
  ])("is not changed with %s", async (_what, request, word) => {
    const { send, sandbox } = setUp();
    const { status, body } = await send("POST", "/identity-source", request);
    expect(status).toBe(400);
    expect(`${String(body["message"])} ${String(body["remedy"])}`).toContain(word);
    expect(body["remedy"]).toMatch(/\w/);
    expect(sandbox.console.identityProvider()).toBeNull();
  });

  it("offers the service provider's metadata of this instance and region", async () => {
    const { send, sandbox } = setUp();
    const { text } = await send("GET", "/saml/sp-metadata.xml");
    const storeId = sandbox.states.identityStore.identityStoreId;
    expect(text).toContain(`entityID="https://eu-central-1.signin.aws.amazon.com/platform/saml/${storeId}"`);
    expect(text).toMatch(
      /Location="https:\/\/eu-central-1\.signin\.aws\/platform\/saml\/acs\/[0-9a-f-]{36}" index="0"/,
    );
    expect(text).toContain('Location="https://eu-central-1.sso.signin.aws/platform/saml/acs/');
  });
});

describe("automatic provisioning", () => {
  it("is enabled once the identity source is external; the endpoint stays the same", async () => {
    const { send } = setUp();
    expect((await send("POST", "/provisioning")).status).toBe(409);
    await send("POST", "/identity-source", ACCEPT);
    const { body } = await send("POST", "/provisioning");
    expect(body["endpoint"]).toMatch(/^https:\/\/scim\.eu-central-1\.amazonaws\.com\/[0-9a-f-]+\/scim\/v2$/);
    expect((await send("POST", "/provisioning")).body).toEqual(body);
  });

  it("has two tokens at most, shown once, for one year", async () => {
    const { send } = setUp();
    expect((await send("POST", "/provisioning/tokens")).status).toBe(409);
    await send("POST", "/identity-source", ACCEPT);
    await send("POST", "/provisioning");
    const first = await send("POST", "/provisioning/tokens");
    expect(first).toMatchObject({ status: 201, body: { expiresAt: "2027-03-02T08:00:00.000Z" } });
    await send("POST", "/provisioning/tokens");
    expect(await send("POST", "/provisioning/tokens")).toMatchObject({
      status: 409,
      body: {
        message: expect.stringContaining("2 access tokens"),
        remedy: expect.stringContaining("Delete"),
      },
    });
    const list = await send("GET", "/provisioning/tokens");
    expect(list.body["tokens"]).toHaveLength(2);
    expect(list.text).not.toContain(textAt(first.body, "token"));
    expect((await send("DELETE", `/provisioning/tokens/${textAt(first.body, "id")}`)).status).toBe(204);
    expect((await send("POST", "/provisioning/tokens")).status).toBe(201);
    expect((await send("DELETE", "/provisioning/tokens/none")).status).toBe(404);
  });
});

describe("a test sign-in", () => {
  it("shows the accounts that a user has directly and through groups, each once", async () => {
    const { send, test, sandbox, sso, clock } = setUp();
    await send("POST", "/identity-source", ACCEPT);
    const [userId, groupId] = [makeUser(test), makeGroup(test)];
    sandbox.states.identityStore.addMember(groupId, userId);
    const PermissionSetArn = await makePermissionSet(test, "Admin");
    const base = { TargetType: "AWS_ACCOUNT", TargetId: "222222222222", PermissionSetArn };
    await sso("CreateAccountAssignment", { ...base, PrincipalType: "GROUP", PrincipalId: groupId });
    await sso("CreateAccountAssignment", { ...base, PrincipalType: "USER", PrincipalId: userId });
    await clock.advance(300_000);
    const { body } = await send("POST", "/sign-in", { userName: "ada@contoso.com" });
    expect(body).toEqual({
      portalUrl: `https://${sandbox.states.identityStore.identityStoreId}.awsapps.com/start`,
      userName: "ada@contoso.com",
      accounts: [{ accountId: "222222222222", accountName: "Dev", permissionSet: "Admin" }],
    });
  });

  it("fails before the identity source is external, and for a user that AWS does not have", async () => {
    const { send } = setUp();
    expect((await send("POST", "/sign-in", { userName: "ada@contoso.com" })).status).toBe(409);
    await send("POST", "/identity-source", ACCEPT);
    const { status, body } = await send("POST", "/sign-in", { userName: "ada@contoso.com" });
    expect(status).toBe(404);
    expect(body).toMatchObject({ field: "userName", message: expect.stringContaining("ada@contoso.com") });
  });
});
