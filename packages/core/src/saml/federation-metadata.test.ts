import { describe, expect, it } from "vitest";
import { checkValidity, parseFederationMetadata } from "./federation-metadata.ts";
import {
  SAMPLE_CERTIFICATE,
  SAMPLE_FEDERATION as SAMPLE,
  SAMPLE_SERVICE_PROVIDER,
  SAMPLE_TENANT,
} from "../../test-support/sample-metadata.ts";

const certificate = SAMPLE_CERTIFICATE;
const { base64 } = certificate;
const { tenantId } = SAMPLE_TENANT;

function parse(xml: string) {
  return parseFederationMetadata(xml, SAMPLE_TENANT);
}

describe("parseFederationMetadata", () => {
  it("reads the issuer, the sign-on address and the signing certificate", () => {
    expect(parse(SAMPLE)).toEqual({
      entityId: `https://sts.windows.net/${tenantId}/`,
      singleSignOnUrl: `https://login.microsoftonline.com/${tenantId}/saml2`,
      certificates: [certificate],
    });
  });

  it("takes a tenant id in capitals for the same tenant", () => {
    const expected = { tenantId: tenantId.toUpperCase() };
    expect(parseFederationMetadata(SAMPLE, expected).entityId).toContain(tenantId);
  });

  it("reads a certificate that is broken over lines", () => {
    const lines = base64.replaceAll(/.{64}/g, "$&\n        ");
    expect(parse(SAMPLE.replace(base64, lines)).certificates).toEqual([certificate]);
  });

  it("reads both certificates while one succeeds the other", () => {
    const key = SAMPLE.slice(SAMPLE.indexOf("<KeyDescriptor"), SAMPLE.indexOf("<SingleSignOn"));
    expect(parse(SAMPLE.replace(key, key + key)).certificates).toHaveLength(2);
  });

  it("takes no certificate from a signature, from encryption keys or from another role", () => {
    const none = /no X509Certificate in a signing KeyDescriptor/;
    expect(() => parse(SAMPLE.replace('use="signing"', 'use="encryption"'))).toThrow(none);
    expect(() => parse(SAMPLE.replace('use="signing"', ""))).toThrow(none);

    const key = SAMPLE.slice(SAMPLE.indexOf("<KeyDescriptor"), SAMPLE.indexOf("<SingleSignOn"));
    const elsewhere = `<RoleDescriptor>${key}</RoleDescriptor><IDPSSODescriptor`;
    expect(() => parse(SAMPLE.replace(key, "").replace("<IDPSSODescriptor", elsewhere))).toThrow(none);
  });

  it.each([
    ["not base64", "not a certificate!", /not base64/],
    ["empty", "", /not base64/],
    ["base64 of something else", "aGVsbG8=", /not an X.509 certificate/],
    ["cut short", base64.slice(0, 400), /not an X.509 certificate/],
    ["longer than AWS takes", "A".repeat(2_501), /2501 base64 characters, AWS takes at most 2500/],
  ])("refuses a certificate that is %s", (_what, text, message) => {
    expect(() => parse(SAMPLE.replace(base64, text))).toThrow(message);
  });

  it.each([
    ["another tenant", SAMPLE.replace(tenantId, "11111111-2222-4333-8444-555555555555"), /entityID is/],
    ["another issuer", SAMPLE.replace("sts.windows.net", "sts.windows.net.attacker.example"), /entityID is/],
    ["no issuer", SAMPLE.replace("entityID", "id"), /entityID is missing/],
    [
      "another sign-on host",
      SAMPLE.replace("login.microsoftonline.com", "login.example"),
      /SingleSignOnService/,
    ],
    ["another sign-on tenant", SAMPLE.replace(`${tenantId}/saml2`, "common/saml2"), /SingleSignOnService/],
    ["no sign-on address", SAMPLE.replace(/<SingleSignOnService[^>]*>/, ""), /no SingleSignOnService/],
    ["no identity provider", SAMPLE.replaceAll("IDPSSODescriptor", "SPSSODescriptor"), /no IDPSSODescriptor/],
    [
      "a second one",
      SAMPLE.replace("</EntityD", "<IDPSSODescriptor/></EntityD"),
      /more than one IDPSSODescriptor/,
    ],
    ["another root", "<x/>", /root is x/],
    ["the file of AWS", SAMPLE_SERVICE_PROVIDER, /entityID is/],
  ])("refuses a document with %s", (_what, xml, message) => {
    expect(() => parse(xml)).toThrow(message);
  });
});

describe("checkValidity", () => {
  const first = Date.parse(certificate.notBefore);
  const last = Date.parse(certificate.notAfter);

  it("passes a certificate from its first moment to the one before its last", () => {
    expect(() => checkValidity(certificate, first)).not.toThrow();
    expect(() => checkValidity(certificate, last - 1)).not.toThrow();
  });

  it("tells a certificate that has expired from one that is not valid yet", () => {
    expect(() => checkValidity(certificate, last)).toThrow(
      expect.objectContaining({
        name: "CertificateExpired",
        message: expect.stringContaining(certificate.notAfter),
      }),
    );
    expect(() => checkValidity(certificate, first - 1)).toThrow(
      expect.objectContaining({
        name: "CertificateNotYetValid",
        message: expect.stringContaining(certificate.notBefore),
      }),
    );
  });
});
