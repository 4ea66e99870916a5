import { describe, expect, it } from "vitest";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { SAMPLE_CERTIFICATE, SAMPLE_FEDERATION, SAMPLE_TENANT } from "../../test-support/sample-metadata.ts";
import { fetchRotationMetadata } from "./fetch-rotation-metadata.ts";

const application = {
  applicationObjectId: "o",
  appId: "a",
  servicePrincipalId: "s",
  displayName: "App",
  templateId: null,
};
const SHOWN = SAMPLE_CERTIFICATE.thumbprint;
const HIDDEN = "09D2EB4DC17E329B0AE64641C5E6469A4F68B311";

interface Case {
  readonly from: string | null;
  readonly to: string;
  /** The thumbprint that Graph reports for the new one. */
  readonly graph?: string | null;
  readonly at?: string;
}

async function fetched({ from, to, graph = null, at = "2027-01-01T00:00:00Z" }: Case) {
  const objects = new MemoryObjects();
  const ports = {
    federationMetadata: { fetch: async () => SAMPLE_FEDERATION },
    applications: { readSigningCertificate: async () => graph },
    objects,
    clock: { now: () => Date.parse(at) },
  } as unknown as Parameters<typeof fetchRotationMetadata>[1];
  const { certificateKey } = await fetchRotationMetadata({ ...SAMPLE_TENANT, application, from, to }, ports);
  return { certificateKey, file: await objects.readText(certificateKey) };
}

describe("fetchRotationMetadata", () => {
  it("keeps the new certificate, as the metadata shows it, in a file as AWS takes it", async () => {
    const { certificateKey, file } = await fetched({ from: null, to: SHOWN });
    expect(certificateKey).toBe(`rotate-certificate/${SHOWN}.pem`);
    const lines = file.trim().split("\n");
    expect([lines[0], lines.at(-1)]).toEqual(["-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"]);
    expect(lines.slice(1, -1).join("")).toBe(SAMPLE_CERTIFICATE.base64);
    expect(Math.max(...lines.map(({ length }) => length))).toBe(64);
  });

  it("asks Graph for one that the metadata does not show, and takes no other in its place", async () => {
    const waits = fetched({ from: SHOWN, to: HIDDEN });
    await expect(waits).rejects.toMatchObject({ name: "NotPropagatedYet" });
    const other = fetched({ from: SHOWN, to: HIDDEN, graph: SAMPLE_CERTIFICATE.base64 });
    await expect(other).rejects.toMatchObject({ name: "MetadataInvalid" });
  });

  it("waits while the metadata shows neither certificate", async () => {
    const waits = fetched({ from: HIDDEN, to: "AA", graph: SAMPLE_CERTIFICATE.base64 });
    await expect(waits).rejects.toMatchObject({ name: "NotPropagatedYet" });
  });

  it.each([
    ["CertificateExpired", SAMPLE_CERTIFICATE.notAfter],
    ["CertificateNotYetValid", "2020-01-01T00:00:00Z"],
  ])("refuses a new certificate out of its time: %s at %s", async (name, at) => {
    await expect(fetched({ from: null, to: SHOWN, at })).rejects.toMatchObject({ name });
  });
});
