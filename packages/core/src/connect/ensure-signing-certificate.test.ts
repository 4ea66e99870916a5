import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import type { EnterpriseApplications, SigningCertificate } from "../ports/enterprise-applications.ts";
import { ensureSigningCertificate } from "./ensure-signing-certificate.ts";

const application = {
  applicationObjectId: "o",
  appId: "a",
  servicePrincipalId: "s",
  displayName: "App",
  templateId: null,
};
const startsAt = "2023-01-01T00:00:00Z";
const valid = { thumbprint: "AA", startsAt, expiresAt: "2028-01-01T00:00:00Z" };
const expired = { thumbprint: "BB", startsAt, expiresAt: "2026-01-01T00:00:00Z" };
const future = { thumbprint: "CC", startsAt: "2028-01-01T00:00:00Z", expiresAt: "2030-01-01T00:00:00Z" };

async function ensured(certificates: SigningCertificate[], activeThumbprint: string | null) {
  const writes: string[] = [];
  const applications = {
    read: async () => ({ certificates, activeThumbprint }),
    addSigningCertificate: async (_: unknown, options: { expiresAt: string }) => {
      writes.push(`add until ${options.expiresAt.slice(0, 4)}`);
      return { thumbprint: "NEW", expiresAt: options.expiresAt };
    },
    activateSigningCertificate: async (_: unknown, thumbprint: string) => {
      writes.push(`activate ${thumbprint}`);
    },
  } as unknown as EnterpriseApplications;
  const { thumbprint } = await ensureSigningCertificate(application, {
    applications,
    clock: new VirtualClock(),
  });
  return { thumbprint, writes };
}

describe("ensureSigningCertificate", () => {
  it("changes nothing when a valid certificate is active", async () => {
    expect(await ensured([valid], "AA")).toEqual({ thumbprint: "AA", writes: [] });
  });

  it("activates the valid one that a crashed run left inactive, instead of making another", async () => {
    expect(await ensured([valid], null)).toEqual({ thumbprint: "AA", writes: ["activate AA"] });
  });

  it("takes, of several that are valid, the one that lasts longest", async () => {
    const longer = { ...valid, thumbprint: "DD", expiresAt: "2028-06-01T00:00:00Z" };
    expect(await ensured([valid, longer], null)).toEqual({ thumbprint: "DD", writes: ["activate DD"] });
  });

  it("activates none whose first day is still to come", async () => {
    expect(await ensured([future], "CC")).toMatchObject({ thumbprint: "NEW" });
  });

  it("makes one of three years when the active one has expired", async () => {
    expect(await ensured([expired], "BB")).toEqual({
      thumbprint: "NEW",
      writes: ["add until 2029", "activate NEW"],
    });
  });
});
