import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeSelfSignedCertificate } from "./certificate.ts";

const request = {
  commonName: "AWS Contoso",
  startsAt: Date.parse("2026-03-02T08:00:00Z"),
  endsAt: Date.parse("2029-03-02T08:00:00Z"),
  serialHex: "00ab12",
};

describe("a self-signed certificate", () => {
  it("is X.509 that verifies with its own key and carries name, validity and thumbprint", async () => {
    const certificate = await makeSelfSignedCertificate(request);
    const parsed = new X509Certificate(certificate.der);
    expect(parsed.subject).toBe("CN=AWS Contoso");
    expect(parsed.issuer).toBe("CN=AWS Contoso");
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(parsed.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(new Date(parsed.validTo).toISOString()).toBe("2029-03-02T08:00:00.000Z");
    expect(parsed.fingerprint.replaceAll(":", "")).toBe(certificate.thumbprint);
  });

  it("may end beyond 2049, where X.509 writes times another way", async () => {
    const endsAt = Date.parse("2051-01-01T00:00:00Z");
    const { der } = await makeSelfSignedCertificate({ ...request, endsAt });
    expect(new Date(new X509Certificate(der).validTo).getUTCFullYear()).toBe(2051);
  });
});
