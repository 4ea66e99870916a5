import { extendConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";

export interface RecordCertificateInput {
  readonly identityStoreId: string;
  /** Thumbprints. */
  readonly from: string | null;
  readonly to: string;
  /** ISO time at which the new certificate ends. */
  readonly expiresAt: string;
}

/** From now on only AWS still has the old certificate; without an old one the rotation is over. */
export async function recordCertificate(
  { identityStoreId, from, to, expiresAt }: RecordCertificateInput,
  { records }: Pick<Ports, "records">,
): Promise<{ thumbprint: string; expiresAt: string }> {
  await extendConnection(records, {
    identityStoreId,
    identitySourceThumbprint: to,
    certificateExpiresAt: expiresAt,
    certificateRotation: from === null ? null : { from, to, stage: "recorded" },
  });
  return { thumbprint: to, expiresAt };
}
