import { describe, expect, it } from "vitest";
import { type TestTenant, makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const CREDENTIAL = {
  name: "aws-automation",
  issuer: "https://0123.tokens.sts.global.api.aws",
  subject: "arn:aws:iam::123456789012:role/automation",
  audiences: ["api://AzureADTokenExchange"],
};

/** Path of the credentials of the app registration that signs in. */
async function pathOf(tenant: TestTenant): Promise<string> {
  const { clientId } = tenant.entra.credentials;
  const found = await tenant.call("GET", `/applications?$filter=appId eq '${clientId}'`);
  return `/applications/${read(found, "value.0.id")}/federatedIdentityCredentials`;
}

describe("federated identity credentials", () => {
  it("are made, read, changed and deleted on the client's own app registration", async () => {
    const tenant = await makeTestTenant({});
    const path = await pathOf(tenant);
    const made = await tenant.call("POST", path, { body: CREDENTIAL });
    expect(made).toMatchObject({ status: 201, body: CREDENTIAL });
    const one = `${path}/${read(made, "id")}`;
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [CREDENTIAL] });

    const change = { subject: "arn:aws:iam::123456789012:role/other", description: "moved" };
    expect((await tenant.call("PATCH", one, { body: change })).status).toBe(204);
    expect((await tenant.call("GET", one)).body).toMatchObject({ ...CREDENTIAL, ...change });
    expect((await tenant.call("GET", `${path}/aws-automation`)).body).toMatchObject(change);

    expect((await tenant.call("DELETE", one)).status).toBe(204);
    expect((await tenant.call("GET", one)).status).toBe(404);
  });

  it("keep their name", async () => {
    const tenant = await makeTestTenant({});
    const path = await pathOf(tenant);
    await tenant.call("POST", path, { body: CREDENTIAL });
    const renamed = await tenant.call("PATCH", `${path}/aws-automation`, { body: { name: "other" } });
    expect(renamed.status).toBe(400);
  });

  it.each([
    ["no audience", { audiences: [] }],
    ["two audiences", { audiences: ["a", "b"] }],
    ["a short name", { name: "ab" }],
    ["a long name", { name: "a".repeat(121) }],
    ["a name that is not friendly to addresses", { name: "a b/c" }],
    ["a long issuer", { issuer: `https://${"a".repeat(600)}` }],
    ["a long subject", { subject: "a".repeat(601) }],
  ])("are refused with %s", async (_, change) => {
    const tenant = await makeTestTenant({});
    const body = { ...CREDENTIAL, ...change };
    expect((await tenant.call("POST", await pathOf(tenant), { body })).status).toBe(400);
  });

  it("are unique by name, and by issuer and subject, also after a change", async () => {
    const tenant = await makeTestTenant({});
    const path = await pathOf(tenant);
    const other = { ...CREDENTIAL, name: "other", subject: "another" };
    const post = async (body: object) => (await tenant.call("POST", path, { body })).status;
    expect(await post(CREDENTIAL)).toBe(201);
    expect(await post({ ...CREDENTIAL, subject: "another" })).toBe(400);
    expect(await post({ ...CREDENTIAL, name: "other" })).toBe(400);
    expect(await post(other)).toBe(201);
    const { subject } = CREDENTIAL;
    expect((await tenant.call("PATCH", `${path}/other`, { body: { subject } })).status).toBe(400);
    expect((await tenant.call("GET", `${path}/other`)).body).toMatchObject(other);
  });

  it("are twenty at most", async () => {
    const tenant = await makeTestTenant({});
    const path = await pathOf(tenant);
    for (let index = 0; index < 20; index += 1) {
      const body = { ...CREDENTIAL, name: `name-${index}`, subject: `subject-${index}` };
      expect((await tenant.call("POST", path, { body })).status).toBe(201);
    }
    expect(await tenant.call("POST", path, { body: CREDENTIAL })).toMatchObject({
      status: 400,
      body: { error: { code: "Request_BadRequest" } },
    });
  });
});

describe("the client's app registration", () => {
  it("declares no roles, so that the zero id is the role to assign", async () => {
    const tenant = await makeTestTenant({ users: [{ userPrincipalName: "a@b.c", displayName: "Ada" }] });
    const { clientId } = tenant.entra.credentials;
    const found = await tenant.call("GET", `/servicePrincipals?$filter=appId eq '${clientId}'`);
    const resourceId = read(found, "value.0.id");
    const assign = (appRoleId: string) =>
      tenant.call("POST", `/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
        body: { principalId: tenant.entra.users()[0]?.id, resourceId, appRoleId },
      });
    expect((await assign("11111111-2222-4333-8444-555555555555")).status).toBe(400);
    expect((await assign("00000000-0000-0000-0000-000000000000")).status).toBe(201);
  });

  it("cannot be deleted here, and is not among the applications made from templates", async () => {
    const tenant = await makeTestTenant({});
    const path = (await pathOf(tenant)).replace("/federatedIdentityCredentials", "");
    expect((await tenant.call("DELETE", path)).status).toBe(501);
    expect(tenant.entra.applications()).toEqual([]);
  });
});
