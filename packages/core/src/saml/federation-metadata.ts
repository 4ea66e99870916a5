import { X509Certificate } from "node:crypto";
import { FlowError } from "../errors.ts";
import { childrenNamed, excerpt, readXml, refusal, type XmlElement } from "./read-xml.ts";
import { SAML_METADATA, XML_SIGNATURE } from "./saml-names.ts";

/** A certificate that Entra signs SAML answers with, as its bytes describe it. */
export interface CertificateDetails {
  /** SHA-1 of the DER form, upper-case hexadecimal, as Entra shows it. */
  readonly thumbprint: string;
  readonly subject: string;
  /** ISO time. */
  readonly notBefore: string;
  /** ISO time. */
  readonly notAfter: string;
  /** DER form, on one line. */
  readonly base64: string;
}

/** What the federation metadata of an enterprise application says about its sign-in. */
export interface ParsedFederationMetadata {
  readonly entityId: string;
  readonly singleSignOnUrl: string;
  /** At least one, in document order. */
  readonly certificates: readonly CertificateDetails[];
}

/** IAM Identity Center accepts no longer one (its user guide, "AWS IAM Identity Center quotas"). */
const MAX_CERTIFICATE_LENGTH = 2_500;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads the federation metadata that Entra publishes for an application, and proves that it is of the expected
 * tenant. Certificates come from the signing keys of IDPSSODescriptor only, never from the document's own signature.
 * @throws {FlowError} MetadataInvalid, saying what is wrong
 */
export function parseFederationMetadata(
  xml: string,
  expected: { readonly tenantId: string },
): ParsedFederationMetadata {
  const tenant = expected.tenantId.toLowerCase();
  const root = readXml(xml);
  if (root.name !== "EntityDescriptor" || root.uri !== SAML_METADATA) {
    throw refusal(`the root is ${excerpt(root.name)}, expected a SAML EntityDescriptor`);
  }
  const entityId = root.attributes.get("entityID");
  const wanted = `https://sts.windows.net/${tenant}/`;
  if (entityId !== wanted)
    throw refusal(`entityID is ${excerpt(entityId)}, expected ${wanted} of the tenant`);

  const [descriptor, ...more] = childrenNamed(root, SAML_METADATA, "IDPSSODescriptor");
  if (descriptor === undefined)
    throw refusal("no IDPSSODescriptor: this is not an identity provider's metadata");
  if (more.length > 0) throw refusal("more than one IDPSSODescriptor, expected one");
  return {
    entityId,
    singleSignOnUrl: readSignOnUrl(descriptor, tenant),
    certificates: readCertificates(descriptor),
  };
}

function readSignOnUrl(descriptor: XmlElement, tenant: string): string {
  const services = childrenNamed(descriptor, SAML_METADATA, "SingleSignOnService");
  if (services.length === 0) throw refusal("no SingleSignOnService in IDPSSODescriptor");
  const wanted = `https://login.microsoftonline.com/${tenant}/saml2`;
  for (const service of services) {
    const url = service.attributes.get("Location");
    if (url !== wanted) throw refusal(`SingleSignOnService Location is ${excerpt(url)}, expected ${wanted}`);
  }
  return wanted;
}

function readCertificates(descriptor: XmlElement): CertificateDetails[] {
  const certificates = childrenNamed(descriptor, SAML_METADATA, "KeyDescriptor")
    .filter((key) => key.attributes.get("use") === "signing")
    .flatMap((key) => childrenNamed(key, XML_SIGNATURE, "KeyInfo"))
    .flatMap((info) => childrenNamed(info, XML_SIGNATURE, "X509Data"))
    .flatMap((data) => childrenNamed(data, XML_SIGNATURE, "X509Certificate"));
  if (certificates.length === 0) {
    throw refusal(
      "no X509Certificate in a signing KeyDescriptor of IDPSSODescriptor; create one in Entra first",
    );
  }
  return certificates.map(({ text }) => readCertificate(text));
}

/**
 * Reads one certificate from the base64 of its DER form; white space in it is ignored.
 * @throws {FlowError} MetadataInvalid, also when it is longer than AWS takes
 */
export function readCertificate(text: string): CertificateDetails {
  const base64 = text.replaceAll(/\s+/g, "");
  if (base64.length > MAX_CERTIFICATE_LENGTH) {
    const limit = `AWS takes at most ${MAX_CERTIFICATE_LENGTH}`;
    throw refusal(
      `a signing certificate has ${base64.length} base64 characters, ${limit}; use a smaller key`,
    );
  }
  if (!BASE64.test(base64)) throw refusal("a signing certificate is not base64");
  try {
    const certificate = new X509Certificate(Buffer.from(base64, "base64"));
    return {
      thumbprint: certificate.fingerprint.replaceAll(":", ""),
      // One attribute a line as OpenSSL prints it.
      subject: certificate.subject.replaceAll("\n", ", "),
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      base64,
    };
  } catch (cause) {
    throw refusal("a signing certificate is not an X.509 certificate; download the file again", cause);
  }
}

/** Passes a certificate that is valid at `now`, in milliseconds. @throws {FlowError} CertificateExpired, CertificateNotYetValid */
export function checkValidity(certificate: CertificateDetails, now: number): void {
  const named = `The signing certificate ${certificate.thumbprint}`;
  if (now >= Date.parse(certificate.notAfter)) {
    throw new FlowError(
      "CertificateExpired",
      `${named} has expired: it was valid until ${certificate.notAfter}`,
    );
  }
  if (now < Date.parse(certificate.notBefore)) {
    throw new FlowError(
      "CertificateNotYetValid",
      `${named} is not valid yet: it is valid from ${certificate.notBefore}`,
    );
  }
}
