import { createHash, sign } from "node:crypto";
import type { Certificate } from "../certificate.ts";

const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

interface ToBeSigned {
  /** Value of the root's `ID` attribute. */
  readonly id: string;
  /** The root element in exclusive canonical form, without the signature. */
  readonly canonical: string;
  readonly certificate: Certificate;
}

/**
 * `<Signature>` to be put into the document that it is about: enveloped, RSA with SHA-256, exclusive canonical form (XML
 * Signature Syntax and Processing, sections 6.4.2, 6.5 and 6.6.4).
 */
export function envelopedSignature({ id, canonical, certificate }: ToBeSigned): string {
  const digest = createHash("sha256").update(canonical).digest("base64");
  const signedInfo = [
    algorithm("CanonicalizationMethod", EXCLUSIVE),
    algorithm("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
    `<Reference URI="#${id}"><Transforms>`,
    algorithm("Transform", `${DSIG}enveloped-signature`),
    algorithm("Transform", EXCLUSIVE),
    "</Transforms>",
    algorithm("DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256"),
    `<DigestValue>${digest}</DigestValue></Reference></SignedInfo>`,
  ].join("");
  // In canonical form, the part declares the namespace that it inherits in the document.
  const signed = `<SignedInfo xmlns="${DSIG}">${signedInfo}`;
  const value = sign("sha256", Buffer.from(signed), certificate.privateKey).toString("base64");
  return `<Signature xmlns="${DSIG}"><SignedInfo>${signedInfo}<SignatureValue>${value}</SignatureValue>${keyInfo(certificate, "")}</Signature>`;
}

/** @param namespace declaration of the signature's namespace, or empty where it is the default already */
export function keyInfo({ der }: Certificate, namespace = ` xmlns="${DSIG}"`): string {
  return `<KeyInfo${namespace}><X509Data><X509Certificate>${der.toString("base64")}</X509Certificate></X509Data></KeyInfo>`;
}

/** Canonical form has no empty-element tags. */
function algorithm(element: string, uri: string): string {
  return `<${element} Algorithm="${uri}"></${element}>`;
}
