import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { checkValidity, parseFederationMetadata } from "../saml/federation-metadata.ts";

export interface FederationMetadataTarget {
  readonly tenantId: string;
  readonly appId: string;
  /** Thumbprint of the certificate that Entra signs with. */
  readonly thumbprint: string;
}

/**
 * Fetches and checks the document that AWS needs, and stores it for the operator.
 * @throws {FlowError} MetadataInvalid, CertificateExpired, CertificateNotYetValid; NotPropagatedYet while it lacks the
 *   certificate
 */
export async function fetchFederationMetadata(
  { tenantId, appId, thumbprint }: FederationMetadataTarget,
  { federationMetadata, objects, clock }: Pick<Ports, "federationMetadata" | "objects" | "clock">,
): Promise<{ metadataKey: string }> {
  const text = await federationMetadata.fetch(tenantId, appId);
  const { certificates } = parseFederationMetadata(text, { tenantId });
  const certificate = certificates.find((one) => one.thumbprint === thumbprint);
  if (!certificate) {
    throw new FlowError(
      "NotPropagatedYet",
      `Entra's federation metadata does not show the certificate ${thumbprint} yet`,
    );
  }
  checkValidity(certificate, clock.now());
  const metadataKey = `connect/federation-metadata-${appId}.xml`;
  await objects.putText(metadataKey, text);
  return { metadataKey };
}
