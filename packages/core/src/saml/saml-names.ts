/** Namespace of SAML metadata (OASIS, Metadata for SAML 2.0, 2.1). */
export const SAML_METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
/** Namespace of keys and certificates (W3C, XML Signature). */
export const XML_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
/** The binding by which a browser posts an answer (OASIS, Bindings for SAML 2.0, 3.5). */
export const HTTP_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
