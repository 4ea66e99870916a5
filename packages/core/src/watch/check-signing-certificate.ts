import { type Connection, readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { dayOf, daysUntil, judgeExpiry } from "./expiry.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

/** A rotation needs a person on both sides; Entra mails 60, 30 and 7 days before. */
const LIMITS = { notice: 60, warning: 60, critical: 14 };

/** How long Entra can sign SAML assertions with the certificate that AWS knows. */
export async function checkSigningCertificate({
  records,
  applications,
  clock,
}: Pick<Ports, "records" | "applications" | "clock">): Promise<Inspection> {
  const connection = await readConnection(records);
  const { application } = connection;
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
    limits: LIMITS,
    expiring: "CertificateExpiring",
    expired: "CertificateExpired",
  });
  const uploaded = uploadedTo(connection);
  if (uploaded.length > 0 && !uploaded.includes(thumbprint)) {
    const what = `Entra signs with ${thumbprint}; AWS was given ${uploaded.join(" and ")}.`;
    findings.push(finding("CertificateNotUploaded", what));
  }
  const figures = { certificateDaysLeft: daysUntil(expiresAt, now) };
  return checked(`good until ${dayOf(expiresAt)}`, { expiresAt, findings, figures });
}

/** Thumbprints that AWS has: two during a rotation. */
function uploadedTo({ identitySourceThumbprint, certificateRotation }: Connection): string[] {
  const next = certificateRotation && certificateRotation.stage !== "created" ? [certificateRotation.to] : [];
  return [...new Set([...(identitySourceThumbprint ? [identitySourceThumbprint] : []), ...next])];
}
