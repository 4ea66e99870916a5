import { type CertificateRotation, extendConnection, readConnectionOf } from "../connect/connection.ts";
import {
  CERTIFICATE_DUE_DAYS,
  daysLeft,
  isValidAt,
  newSigningCertificate,
} from "../connect/signing-certificates.ts";
import type { EnterpriseApplication, SigningCertificate } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";

export interface RotationTarget {
  readonly identityStoreId: string;
  readonly application: EnterpriseApplication;
}

export interface NewCertificate extends CertificateRotation {
  /** ISO time at which the new one ends. */
  readonly expiresAt: string;
}

/**
 * The next certificate, inactive: that of the running rotation, an existing one that is valid and not due itself, or a new
 * one of three years. From here on the connection record contains the rotation.
 */
export async function createSigningCertificate(
  { identityStoreId, application }: RotationTarget,
  ports: Pick<Ports, "applications" | "records" | "clock">,
): Promise<NewCertificate> {
  const { certificateRotation: begun } = await readConnectionOf(ports.records, identityStoreId);
  const { certificates, activeThumbprint } = await ports.applications.read(application);
  const underWay = certificates.find(({ thumbprint }) => thumbprint === begun?.to);
  if (begun && underWay && begun.stage !== "recorded") return { ...begun, expiresAt: underWay.expiresAt };

  const now = ports.clock.now();
  const inactive = certificates
    .filter(({ thumbprint }) => thumbprint !== activeThumbprint)
    .filter((one) => isValidAt(one, now) && daysLeft(one, now) >= CERTIFICATE_DUE_DAYS)
    .toSorted((a, b) => Date.parse(b.expiresAt) - Date.parse(a.expiresAt));
  const certificate: SigningCertificate = inactive[0] ?? (await newSigningCertificate(application, ports));
  const isThere = certificates.some(({ thumbprint }) => thumbprint === activeThumbprint);
  const rotation: CertificateRotation = {
    from: isThere ? activeThumbprint : null,
    to: certificate.thumbprint,
    stage: "created",
  };
  await extendConnection(ports.records, { identityStoreId, certificateRotation: rotation });
  return { ...rotation, expiresAt: certificate.expiresAt };
}
