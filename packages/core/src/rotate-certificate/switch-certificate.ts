import { extendConnection } from "../connect/connection.ts";
import { isValidAt } from "../connect/signing-certificates.ts";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { RotationTarget } from "./create-signing-certificate.ts";

export interface SwitchTarget extends RotationTarget {
  /** Thumbprints. */
  readonly from: string | null;
  readonly to: string;
}

/** Entra signs with the new certificate, which AWS has had before: `preferredTokenSigningKeyThumbprint`. */
export async function activateSigningCertificate(
  { identityStoreId, application, to }: SwitchTarget,
  { applications, records }: Pick<Ports, "applications" | "records">,
): Promise<void> {
  await applications.activateSigningCertificate(application, to);
  await extendConnection(records, { identityStoreId, identitySourceThumbprint: to });
}

/**
 * After a failed test, makes Entra sign with the previous certificate again, unless that has expired, and abandons the
 * rotation: the next one starts from scratch.
 */
export async function reactivatePreviousCertificate(
  { identityStoreId, application, from }: SwitchTarget,
  { applications, records, clock }: Pick<Ports, "applications" | "records" | "clock">,
): Promise<{ reactivated: string | null }> {
  const { certificates } = await applications.read(application);
  const previous = certificates.find(({ thumbprint }) => thumbprint === from);
  const reactivated = previous && isValidAt(previous, clock.now()) ? previous.thumbprint : null;
  if (reactivated !== null) await applications.activateSigningCertificate(application, reactivated);
  await extendConnection(records, {
    identityStoreId,
    certificateRotation: null,
    ...(reactivated !== null && { identitySourceThumbprint: reactivated }),
  });
  return { reactivated };
}

/**
 * Removes the replaced certificate from Entra, once Entra signs with the new one.
 * @throws {FlowError} ConflictingOperation while another one is active
 */
export async function removeOldCertificate(
  { application, from, to }: SwitchTarget,
  { applications }: Pick<Ports, "applications">,
): Promise<void> {
  if (from === null || from === to) return;
  const { activeThumbprint } = await applications.read(application);
  if (activeThumbprint !== to) {
    throw new FlowError(
      "ConflictingOperation",
      `Entra signs with ${activeThumbprint ?? "no certificate"}, not with ${to}: ${from} stays`,
    );
  }
  await applications.removeSigningCertificate(application, from);
}
