import type { EnterpriseApplication, SigningCertificate } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import { isValidAt, newSigningCertificate } from "./signing-certificates.ts";

/** The active signing certificate; creates and activates one if none is valid. */
export async function ensureSigningCertificate(
  application: EnterpriseApplication,
  ports: Pick<Ports, "applications" | "clock">,
): Promise<SigningCertificate> {
  const { certificates, activeThumbprint } = await ports.applications.read(application);
  const valid = certificates
    .filter((certificate) => isValidAt(certificate, ports.clock.now()))
    .toSorted((a, b) => Date.parse(b.expiresAt) - Date.parse(a.expiresAt));
  const active = valid.find(({ thumbprint }) => thumbprint === activeThumbprint);
  if (active) return active;
  const certificate = valid[0] ?? (await newSigningCertificate(application, ports));
  await ports.applications.activateSigningCertificate(application, certificate.thumbprint);
  return certificate;
}
