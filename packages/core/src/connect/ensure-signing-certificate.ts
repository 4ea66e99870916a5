import type { EnterpriseApplication, SigningCertificate } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";

const DAY = 86_400_000;
/** Entra's longest life of a signing certificate: three years. */
const LIFE = 3 * 365 * DAY;

/** The active signing certificate; makes and activates one when there is none that is valid. */
export async function ensureSigningCertificate(
  application: EnterpriseApplication,
  { applications, clock }: Pick<Ports, "applications" | "clock">,
): Promise<SigningCertificate> {
  const state = await applications.read(application);
  const now = clock.now();
  const valid = state.certificates.filter((certificate) => Date.parse(certificate.expiresAt) > now);
  const active = valid.find((certificate) => certificate.thumbprint === state.activeThumbprint);
  if (active) return active;
  const certificate =
    valid[0] ??
    (await applications.addSigningCertificate(application, {
      commonName: "Landbridge AWS IAM Identity Center",
      expiresAt: new Date(now + LIFE).toISOString(),
    }));
  await applications.activateSigningCertificate(application, certificate.thumbprint);
  return certificate;
}
