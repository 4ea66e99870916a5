import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  type TestTenant,
  answerOf,
  makeApplication,
  makeTestTenant,
  read,
} from "../../../test-support/test-tenant.ts";

const DAY = 86_400_000;

/** Thumbprints of the certificates in the application's federation metadata. */
async function published(tenant: TestTenant, appId: string): Promise<string[]> {
  const { tenantId } = tenant.entra.credentials;
  const url = `http://127.0.0.1/${tenantId}/federationmetadata/2007-06/federationmetadata.xml?appid=${appId}`;
  const { body } = await answerOf(await tenant.entra.login.fetch(new Request(url)));
  const idp = String(body).split("<IDPSSODescriptor")[1] ?? "";
  return [...idp.matchAll(/<X509Certificate>([^<]+)</g)].map(([, base64 = ""]) =>
    new X509Certificate(Buffer.from(base64, "base64")).fingerprint.replaceAll(":", ""),
  );
}

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

/** An application with an active certificate for 30 days and another for a year. */
async function makeTwo() {
  const tenant = await makeTestTenant({});
  const application = await makeApplication(tenant);
  const path = `/servicePrincipals/${application.servicePrincipalId}`;
  const add = async (days: number) => {
    const endDateTime = new Date(tenant.clock.now() + days * DAY).toISOString();
    const body = { displayName: "CN=AWS", endDateTime };
    return read(await tenant.call("POST", `${path}/addTokenSigningCertificate`, { body }), "thumbprint");
  };
  const old = await add(30);
  const activate = (thumbprint: string) =>
    tenant.call("PATCH", path, { body: { preferredTokenSigningKeyThumbprint: thumbprint } });
  await activate(old);
  return { tenant, application, path, old, next: await add(365), activate };
}

describe("rolling a certificate over", () => {
  it("leaves the active one in use until another is activated", async () => {
    const { tenant, application, old, next, activate } = await makeTwo();
    expect(await published(tenant, application.appId)).toEqual([old, next]);
    expect((await activate(next)).status).toBe(204);
    expect(await published(tenant, application.appId)).toEqual([next, old]);
  });

  it("happens by itself when the active one has expired", async () => {
    const { tenant, application, path, old, next } = await makeTwo();
    await tenant.clock.advance(31 * DAY);
    expect(await published(tenant, application.appId)).toEqual([next, old]);
    const answer = await tenant.call("GET", path);
    expect(read(answer, "preferredTokenSigningKeyThumbprint")).toBe(old);
  });

  it("ends with the old keys taken out, and takes none of others in", async () => {
    const { tenant, path, next, activate } = await makeTwo();
    await activate(next);
    const before = await tenant.call("GET", `${path}?$select=keyCredentials`);
    const { keyCredentials } = before.body as { keyCredentials: { keyId: string }[] };
    expect(keyCredentials).toHaveLength(4);
    const kept = keyCredentials.slice(2);
    expect((await tenant.call("PATCH", path, { body: { keyCredentials: kept } })).status).toBe(204);
    const customKeyIdentifier = Buffer.from(next, "hex").toString("base64");
    expect((await tenant.call("GET", path)).body).toMatchObject({
      keyCredentials: [{ customKeyIdentifier }, { customKeyIdentifier }],
    });
    const foreign = [{ keyId: "11111111-2222-4333-8444-555555555555" }];
    expect((await tenant.call("PATCH", path, { body: { keyCredentials: foreign } })).status).toBe(400);
  });
});
