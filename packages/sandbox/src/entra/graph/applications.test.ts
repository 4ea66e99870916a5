import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AWS_TEMPLATE, makeApplication, makeTestTenant, read } from "../test-support/test-tenant.ts";

const SAML = {
  identifierUris: ["https://eu-central-1.signin.aws.amazon.com/platform/saml/d-1"],
  web: { redirectUris: ["https://eu-central-1.signin.aws.amazon.com/platform/saml/acs/1"] },
};

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `a${index}@contoso.com`);
}

describe("a new application", () => {
  it("is hidden from reads and lists for some seconds, then shows with its service principal", async () => {
    const tenant = await makeTestTenant({});
    const body = { displayName: "AWS" };
    const made = await tenant.call("POST", `/applicationTemplates/${AWS_TEMPLATE}/instantiate`, { body });
    expect(made).toMatchObject({
      status: 201,
      body: { servicePrincipal: { appRoleAssignmentRequired: true, preferredSingleSignOnMode: null } },
    });
    const paths = [
      `/applications/${read(made, "application.id")}`,
      `/servicePrincipals/${read(made, "servicePrincipal.id")}`,
    ];
    for (const path of paths) {
      const answer = await tenant.call("GET", path);
      expect(answer).toMatchObject({ status: 404, body: { error: { code: "Request_ResourceNotFound" } } });
    }
    const list = "/applications?$filter=displayName eq 'AWS'";
    expect((await tenant.call("GET", list)).body).toMatchObject({ value: [] });

    await tenant.clock.advance(15_000);
    for (const path of paths) expect((await tenant.call("GET", path)).status).toBe(200);
    expect((await tenant.call("GET", list)).body).toMatchObject({
      value: [{ applicationTemplateId: AWS_TEMPLATE }],
    });
    const byAppId = `/servicePrincipals?$filter=appId eq '${read(made, "application.appId")}'`;
    expect((await tenant.call("GET", byAppId)).body).toMatchObject({ value: [{ displayName: "AWS" }] });
  });

  it("is gone with its service principal once it is deleted; the service principal alone cannot be", async () => {
    const tenant = await makeTestTenant({});
    const { applicationId, servicePrincipalId } = await makeApplication(tenant);
    const alone = await tenant.call("DELETE", `/servicePrincipals/${servicePrincipalId}`);
    expect(alone).toMatchObject({ status: 400, body: { error: { code: "DeletingSamlSpNotAllowed" } } });
    expect((await tenant.call("DELETE", `/applications/${applicationId}`)).status).toBe(204);
    expect((await tenant.call("GET", `/servicePrincipals/${servicePrincipalId}`)).status).toBe(404);
  });
});

describe("SAML settings", () => {
  it("take an identifier of AWS only after the mode is SAML", async () => {
    const tenant = await makeTestTenant({
      users: [{ userPrincipalName: "a@contoso.com", displayName: "A" }],
    });
    const { applicationId, servicePrincipalId } = await makeApplication(tenant);
    const application = `/applications/${applicationId}`;
    const early = await tenant.call("PATCH", application, { body: SAML });
    expect(early).toMatchObject({ status: 400, body: { error: { code: "HostNameNotOnVerifiedDomain" } } });
    expect((await tenant.call("GET", application)).body).toMatchObject({ identifierUris: [] });
    const own = { identifierUris: ["https://aws.contoso.com/saml"] };
    expect((await tenant.call("PATCH", application, { body: own })).status).toBe(204);

    const mode = { preferredSingleSignOnMode: "saml" };
    await tenant.call("PATCH", `/servicePrincipals/${servicePrincipalId}`, { body: mode });
    expect((await tenant.call("PATCH", application, { body: SAML })).status).toBe(204);
    expect((await tenant.call("GET", application)).body).toMatchObject(SAML);
  });

  it("refuse unknown modes, more than five addresses and unknown properties", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId } = await makeApplication(tenant);
    const patch = async (body: unknown) =>
      (await tenant.call("PATCH", `/servicePrincipals/${servicePrincipalId}`, { body })).status;
    expect(await patch({ preferredSingleSignOnMode: "SAML" })).toBe(400);
    expect(await patch({ notificationEmailAddresses: addresses(6) })).toBe(400);
    expect(await patch({ appId: "x" })).toBe(400);
    expect(await patch({ notificationEmailAddresses: addresses(5) })).toBe(204);
  });
});

describe("a token signing certificate", () => {
  it("parses, and its thumbprint is that of the key credentials that it adds", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId } = await makeApplication(tenant);
    const path = `/servicePrincipals/${servicePrincipalId}`;
    const body = { displayName: "CN=AWS", endDateTime: "2028-01-01T00:00:00Z" };
    const added = await tenant.call("POST", `${path}/addTokenSigningCertificate`, { body });
    expect(added.status).toBe(200);
    const thumbprint = read(added, "thumbprint");
    const certificate = new X509Certificate(Buffer.from(read(added, "key"), "base64"));
    expect(certificate.fingerprint.replaceAll(":", "")).toBe(thumbprint);
    expect(new Date(certificate.validTo).toISOString()).toBe("2028-01-01T00:00:00.000Z");
    const customKeyIdentifier = Buffer.from(thumbprint, "hex").toString("base64");
    expect(added.body).toMatchObject({ customKeyIdentifier, usage: "Verify" });

    const plain = await tenant.call("GET", path);
    expect(plain.body).toMatchObject({
      preferredTokenSigningKeyThumbprint: null,
      keyCredentials: [
        { usage: "Sign", customKeyIdentifier, key: null },
        { usage: "Verify", customKeyIdentifier, key: null },
      ],
      passwordCredentials: [{ customKeyIdentifier, secretText: null }],
    });
    const selected = await tenant.call("GET", `${path}?$select=keyCredentials`);
    expect(read(selected, "keyCredentials.1.key")).toBe(read(added, "key"));
    expect(selected.body).toMatchObject({ keyCredentials: [{ key: null }, {}] });
  });

  it("is refused without CN=, for more than three years, and as active when it is not there", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId } = await makeApplication(tenant);
    const path = `/servicePrincipals/${servicePrincipalId}`;
    for (const body of [
      { displayName: "AWS" },
      { displayName: "CN=AWS", endDateTime: "2030-01-01T00:00:00Z" },
    ]) {
      expect((await tenant.call("POST", `${path}/addTokenSigningCertificate`, { body })).status).toBe(400);
    }
    const body = { preferredTokenSigningKeyThumbprint: "A7D3C4626B8A84FDA868CCC67D274D402FFD0A10" };
    expect((await tenant.call("PATCH", path, { body })).status).toBe(400);
  });
});
