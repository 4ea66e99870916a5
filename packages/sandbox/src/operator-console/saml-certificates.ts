import { verify, X509Certificate } from "node:crypto";
import { ConsoleRefusal } from "./console-refusal.ts";

/** A certificate that the console uses to check the identity provider's signatures. */
export interface ProviderCertificate {
  /** Upper-case hex SHA-1 of the DER. */
  readonly thumbprint: string;
  readonly subject: string;
  /** ISO time. */
  readonly expiresAt: string;
}

/** Identity Center user guide, "Quotas". */
export const MAX_CERTIFICATE_CHARACTERS = 2500;

/**
 * Reads a certificate in PEM or bare base64, as the file that Entra offers for download.
 * @returns base64 of the DER, on one line
 * @throws {ConsoleRefusal}
 */
export function readCertificateFile(text: string): string {
  const base64 = text.replaceAll(/-----(?:BEGIN|END) CERTIFICATE-----/g, "").replaceAll(/\s+/g, "");
  if (base64.length > MAX_CERTIFICATE_CHARACTERS) {
    throw refused(`The certificate is longer than ${MAX_CERTIFICATE_CHARACTERS} characters.`);
  }
  if (parse(base64) === null) throw refused("The file is no X.509 certificate in PEM.");
  return base64;
}

export function describeCertificate(base64: string): ProviderCertificate {
  const certificate = parse(base64);
  return {
    thumbprint: certificate?.fingerprint.replaceAll(":", "") ?? "",
    subject: certificate?.subject ?? "not readable",
    expiresAt: certificate ? new Date(certificate.validTo).toISOString() : "",
  };
}

/** Whether the key of one of the certificates made the signature. */
export function isSignedByOneOf(
  certificates: readonly string[],
  { content, signature }: { readonly content: string; readonly signature: Buffer },
): boolean {
  return certificates.some((base64) => {
    const certificate = parse(base64);
    return certificate !== null && verify("sha256", Buffer.from(content), certificate.publicKey, signature);
  });
}

function parse(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch {
    return null;
  }
}

function refused(message: string): ConsoleRefusal {
  return new ConsoleRefusal(400, message, {
    field: "certificate",
    remedy: "Choose the certificate file (PEM) of the enterprise application in Entra.",
  });
}
