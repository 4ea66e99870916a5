import { describe, expect, it } from "vitest";
import { done, entraOn } from "../test-support/fake-graph.ts";

const application = {
  applicationObjectId: "app-1",
  appId: "client-1",
  servicePrincipalId: "sp-1",
  displayName: "AWS",
  templateId: "template-1",
};
const READ = "GET /servicePrincipals/sp-1";
const OLD = "A7D3C4626B8A84FDA868CCC67D274D402FFD0A10";
const NEW = "09D2EB4DC17E329B0AE64641C5E6469A4F68B311";

function keys(thumbprint: string, key: string) {
  const shared = {
    customKeyIdentifier: Buffer.from(thumbprint, "hex").toString("base64"),
    displayName: "CN=Landbridge",
    startDateTime: "2026-01-25T00:00:00Z",
    endDateTime: "2029-01-25T00:00:00Z",
  };
  const id = (kind: string): string => `${thumbprint.slice(0, 8)}-0000-4000-8000-00000000000${kind}`;
  return [
    { ...shared, keyId: id("1"), key: null, type: "X509CertAndPassword", usage: "Sign" },
    { ...shared, keyId: id("2"), key, type: "AsymmetricX509Cert", usage: "Verify" },
  ];
}
const both = [...keys(OLD, "T0xE"), ...keys(NEW, "TkVX")];

describe("signing certificates", () => {
  it("are key pairs that Entra makes under a common name", async () => {
    const what = "POST /servicePrincipals/sp-1/addTokenSigningCertificate";
    const times = { startDateTime: "2026-01-25T00:00:00Z", endDateTime: "2029-01-25T00:00:00Z" };
    const { applications, requests } = entraOn({ [what]: { thumbprint: "a7d3", key: "MIIC", ...times } });
    const options = { commonName: "Landbridge", expiresAt: "2029-01-25T00:00:00Z" };
    expect(await applications.addSigningCertificate(application, options)).toEqual({
      thumbprint: "A7D3",
      startsAt: times.startDateTime,
      expiresAt: times.endDateTime,
    });
    expect(requests[0]?.body).toEqual({ displayName: "CN=Landbridge", endDateTime: "2029-01-25T00:00:00Z" });
  });

  it("can be read by their thumbprint, the public half only", async () => {
    const { applications, requests } = entraOn({ [READ]: { keyCredentials: both } });
    expect(await applications.readSigningCertificate(application, NEW)).toBe("TkVX");
    expect(await applications.readSigningCertificate(application, "00")).toBeNull();
    expect(requests[0]?.query).toEqual({ $select: "keyCredentials" });
  });

  it("are removed with both keys; those of the others go back as they came", async () => {
    const { applications, requests } = entraOn({
      [READ]: { keyCredentials: both },
      "PATCH /servicePrincipals/sp-1": done(),
    });
    await applications.removeSigningCertificate(application, OLD);
    expect(requests[1]?.body).toEqual({ keyCredentials: keys(NEW, "TkVX") });
  });

  it("need no request to be removed when they are gone", async () => {
    const { applications, requests } = entraOn({ [READ]: { keyCredentials: keys(NEW, "TkVX") } });
    await applications.removeSigningCertificate(application, OLD);
    expect(requests).toHaveLength(1);
  });
});
