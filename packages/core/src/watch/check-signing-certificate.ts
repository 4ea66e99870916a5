import { readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { dayOf, daysUntil, judgeExpiry } from "./expiry.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

/** A rotation needs a person on both sides; Entra mails 60, 30 and 7 days before. */
const WARN_DAYS = 60;
const CRITICAL_DAYS = 14;

/** How long Entra can sign SAML assertions with the certificate that AWS knows. */
export async function checkSigningCertificate({
  records,
  applications,
  clock,
}: Pick<Ports, "records" | "applications" | "clock">): Promise<Inspection> {
  const { application, identitySourceThumbprint } = await readConnection(records);
  if (!application) return notApplicable("no enterprise application yet");
  const { activeThumbprint, certificates } = await applications.read(application);
  const active = certificates.find(({ thumbprint }) => thumbprint === activeThumbprint);
  if (!active) {
    const what = `The enterprise application ${application.displayName} has no active signing certificate.`;
    return checked("none", { findings: [finding("CertificateMissing", what)] });
  }
  const { expiresAt, thumbprint } = active;
  const now = clock.now();
  const findings: Finding[] = judgeExpiry({
    name: `The signing certificate ${thumbprint}`,
    expiresAt,
    now,
    warnDays: WARN_DAYS,
    criticalDays: CRITICAL_DAYS,
    expiring: "CertificateExpiring",
    expired: "CertificateExpired",
  });
  if (identitySourceThumbprint !== undefined && identitySourceThumbprint !== thumbprint) {
    const what = `Entra signs with ${thumbprint}; AWS was given ${identitySourceThumbprint}.`;
    findings.push(finding("CertificateNotUploaded", what));
  }
  const figures = { certificateDaysLeft: daysUntil(expiresAt, now) };
  return checked(`good until ${dayOf(expiresAt)}`, { expiresAt, findings, figures });
}
