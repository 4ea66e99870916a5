import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  type TestTenant,
  answerOf,
  makeApplication,
  makeTestTenant,
  read,
  requestToken,
} from "../test-support/test-tenant.ts";

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
}

async function metadata(tenant: TestTenant, appId: string) {
  const { tenantId } = tenant.entra.credentials;
  const path = `/${tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${appId}`;
  return answerOf(await tenant.entra.login.fetch(new Request(`http://127.0.0.1${path}`)));
}

function certificates(xml: unknown): string[] {
  const idp = String(xml).split("<IDPSSODescriptor")[1] ?? "";
  return [...idp.matchAll(/<X509Certificate>([^<]+)</g)].map(([, base64 = ""]) =>
    new X509Certificate(Buffer.from(base64, "base64")).fingerprint.replaceAll(":", ""),
  );
}

describe("the token endpoint", () => {
  it("issues a token with the granted permissions as roles", async () => {
    const { entra } = await makeTestTenant({});
    entra.grant(["Group.Read.All"]);
    const answer = await requestToken(entra, {});
    expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 3599 } });
    expect(claimsOf(read(answer, "access_token"))).toMatchObject({
      aud: "https://graph.microsoft.com",
      appid: entra.credentials.clientId,
      tid: entra.credentials.tenantId,
      roles: ["Group.Read.All"],
    });
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client", /^AADSTS7000215/],
    ["another application", { client_id: "b1" }, 400, "unauthorized_client", /^AADSTS700016/],
    ["another scope", { scope: "openid" }, 400, "invalid_scope", /^AADSTS70011/],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", /^AADSTS70003/],
    ["another tenant", { tenant: "fabrikam.com" }, 400, "invalid_request", /^AADSTS90002/],
  ])("refuses %s as Entra does", async (_, changes, status, error, description) => {
    const { entra } = await makeTestTenant({});
    const answer = await requestToken(entra, changes);
    expect(answer).toMatchObject({ status, body: { error } });
    expect(read(answer, "error_description")).toMatch(description);
  });

  it("does not repeat the secret that it refuses", async () => {
    const { entra } = await makeTestTenant({});
    const answer = await requestToken(entra, { client_secret: "canary-4711" });
    expect(JSON.stringify(answer.body)).not.toContain("canary-4711");
  });
});

describe("the federation metadata", () => {
  it("names the tenant, its endpoints and the active certificate only", async () => {
    const tenant = await makeTestTenant({});
    const { appId, servicePrincipalId } = await makeApplication(tenant);
    const path = `/servicePrincipals/${servicePrincipalId}`;
    const body = { displayName: "CN=AWS" };
    const first = read(
      await tenant.call("POST", `${path}/addTokenSigningCertificate`, { body }),
      "thumbprint",
    );
    const second = read(
      await tenant.call("POST", `${path}/addTokenSigningCertificate`, { body }),
      "thumbprint",
    );
    const before = await metadata(tenant, appId);
    expect(certificates(before.body)).toEqual([first, second]);

    await tenant.call("PATCH", path, { body: { preferredTokenSigningKeyThumbprint: second } });
    const after = await metadata(tenant, appId);
    expect(certificates(after.body)).toEqual([second]);
    const { tenantId } = tenant.entra.credentials;
    expect(after.body).toContain(`entityID="https://sts.windows.net/${tenantId}/"`);
    expect(after.body).toContain(`Location="https://login.microsoftonline.com/${tenantId}/saml2"`);
  });

  it("is refused for an application that the tenant does not have", async () => {
    const tenant = await makeTestTenant({});
    const { status, body } = await metadata(tenant, "11111111-2222-4333-8444-555555555555");
    expect(status).toBe(400);
    expect(body).toContain("AADSTS700016");
  });
});
