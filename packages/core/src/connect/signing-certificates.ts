import type { EnterpriseApplication, SigningCertificate } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";

const DAY = 86_400_000;
/** Entra's longest life of a signing certificate: three years. */
const LIFE = 3 * 365 * DAY;

/** Entra's own mails begin 60 days before the expiry; that leaves time for several tasks of two weeks. */
export const CERTIFICATE_DUE_DAYS = 60;

/** Makes a certificate of three years; it starts inactive (servicePrincipal: addTokenSigningCertificate). */
export function newSigningCertificate(
  application: EnterpriseApplication,
  { applications, clock }: Pick<Ports, "applications" | "clock">,
): Promise<SigningCertificate> {
  return applications.addSigningCertificate(application, {
    commonName: "Landbridge AWS IAM Identity Center",
    expiresAt: new Date(clock.now() + LIFE).toISOString(),
  });
}

/** @param time milliseconds since the epoch */
export function isValidAt({ startsAt, expiresAt }: SigningCertificate, time: number): boolean {
  return Date.parse(startsAt) <= time && time < Date.parse(expiresAt);
}

/** Whole days from `now`, in milliseconds, to the end of the certificate; negative once it has expired. */
export function daysLeft({ expiresAt }: Pick<SigningCertificate, "expiresAt">, now: number): number {
  return Math.floor((Date.parse(expiresAt) - now) / DAY);
}
