import { FlowError } from "../errors.ts";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import {
  type CertificateDetails,
  checkValidity,
  parseFederationMetadata,
  readCertificate,
} from "../saml/federation-metadata.ts";

export interface RotationMetadataTarget {
  readonly tenantId: string;
  readonly application: EnterpriseApplication;
  /** Thumbprints: of the certificate to be replaced, if any, and of the new one. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * Checks that Entra publishes the current certificate for this application and that the new one is valid, and stores the new
 * one as a file for the operator. Whether the metadata shows a certificate before it is active is not documented: if it does
 * not, Graph's copy of the public key is used.
 * @throws {FlowError} MetadataInvalid, CertificateExpired, CertificateNotYetValid; NotPropagatedYet
 */
export async function fetchRotationMetadata(
  { tenantId, application, from, to }: RotationMetadataTarget,
  ports: Pick<Ports, "federationMetadata" | "applications" | "objects" | "clock">,
): Promise<{ certificateKey: string }> {
  const text = await ports.federationMetadata.fetch(tenantId, application.appId);
  const { certificates } = parseFederationMetadata(text, { tenantId });
  // After a crash the present one may be the new one.
  const isOfApplication = certificates.some(({ thumbprint }) => thumbprint === from || thumbprint === to);
  if (from !== null && !isOfApplication) throw notShown(from);
  const certificate =
    certificates.find(({ thumbprint }) => thumbprint === to) ?? (await readFromGraph(application, to, ports));
  checkValidity(certificate, ports.clock.now());
  const certificateKey = `rotate-certificate/${to}.pem`;
  await ports.objects.putText(certificateKey, toPem(certificate));
  return { certificateKey };
}

async function readFromGraph(
  application: EnterpriseApplication,
  wanted: string,
  { applications }: Pick<Ports, "applications">,
): Promise<CertificateDetails> {
  const base64 = await applications.readSigningCertificate(application, wanted);
  if (base64 === null) throw notShown(wanted);
  const certificate = readCertificate(base64);
  if (certificate.thumbprint === wanted) return certificate;
  throw new FlowError(
    "MetadataInvalid",
    `Entra gives the certificate ${certificate.thumbprint} under the thumbprint ${wanted}`,
  );
}

/** In PEM, the format of certificate files (RFC 7468). */
function toPem({ base64 }: CertificateDetails): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function notShown(thumbprint: string): FlowError<"NotPropagatedYet"> {
  return new FlowError("NotPropagatedYet", `Entra does not show the certificate ${thumbprint} yet`);
}
