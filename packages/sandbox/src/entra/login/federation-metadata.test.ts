import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  type TestTenant,
  answerOf,
  makeApplication,
  makeTestTenant,
  read,
} from "../../../test-support/test-tenant.ts";
import { verifySignature } from "../../../test-support/verify-signature.ts";

const FIXTURE = fileURLToPath(
  new URL("../../../../../../shared/fixtures/saml/entra-federation-metadata.xml", import.meta.url),
);

async function metadata({ entra }: TestTenant, appId?: string) {
  const query = appId === undefined ? "" : `?appid=${appId}`;
  const path = `/${entra.credentials.tenantId}/federationmetadata/2007-06/federationmetadata.xml${query}`;
  const { status, body } = await answerOf(await entra.login.fetch(new Request(`http://127.0.0.1${path}`)));
  return { status, xml: String(body) };
}

function certificates(xml: string): string[] {
  const idp = xml.split("<IDPSSODescriptor")[1] ?? "";
  return [...idp.matchAll(/<X509Certificate>([^<]+)</g)].map(([, base64 = ""]) =>
    thumbprint(new X509Certificate(Buffer.from(base64, "base64"))),
  );
}

function thumbprint({ fingerprint }: X509Certificate): string {
  return fingerprint.replaceAll(":", "");
}

/** An application with two certificates. */
async function twoCertificates() {
  const tenant = await makeTestTenant({});
  const { appId, servicePrincipalId } = await makeApplication(tenant);
  const path = `/servicePrincipals/${servicePrincipalId}`;
  const add = async () => {
    const body = { displayName: "CN=AWS" };
    return read(await tenant.call("POST", `${path}/addTokenSigningCertificate`, { body }), "thumbprint");
  };
  const [first, second] = [await add(), await add()];
  const activate = (wanted: string) =>
    tenant.call("PATCH", path, { body: { preferredTokenSigningKeyThumbprint: wanted } });
  return { tenant, appId, first, second, activate };
}

describe("the federation metadata", () => {
  it("names the tenant, its endpoints and every certificate, the active one first", async () => {
    const { tenant, appId, first, second, activate } = await twoCertificates();
    expect(certificates((await metadata(tenant, appId)).xml)).toEqual([first, second]);

    await activate(second);
    const { xml } = await metadata(tenant, appId);
    expect(certificates(xml)).toEqual([second, first]);
    const { tenantId } = tenant.entra.credentials;
    expect(xml).toContain(`entityID="https://sts.windows.net/${tenantId}/"`);
    expect(xml).toContain(`Location="https://login.microsoftonline.com/${tenantId}/saml2"`);
  });

  it("is signed with the active certificate", async () => {
    const { tenant, appId, second, activate } = await twoCertificates();
    await activate(second);
    const { xml } = await metadata(tenant, appId);
    expect(thumbprint(verifySignature(xml))).toBe(second);
    const forged = xml.replace("/saml2", "/saml3");
    expect(() => verifySignature(forged)).toThrow("The digest does not fit the document");
  });

  it("is the tenant's, signed with its own certificate, where no application is named", async () => {
    const tenant = await makeTestTenant({});
    const { xml } = await metadata(tenant);
    expect([thumbprint(verifySignature(xml))]).toEqual(certificates(xml));
  });

  it("is refused for an application that the tenant does not have", async () => {
    const tenant = await makeTestTenant({});
    const { status, xml } = await metadata(tenant, "11111111-2222-4333-8444-555555555555");
    expect(status).toBe(400);
    expect(xml).toContain("AADSTS700016");
  });
});

describe.skipIf(!existsSync(FIXTURE))(
  "the check of these tests (skipped where ../shared/fixtures/saml is absent)",
  () => {
    it("takes a signed document that the sandbox did not write", () => {
      expect(verifySignature(readFileSync(FIXTURE, "utf8")).subject).toContain("Federated SSO Certificate");
    });
  },
);
