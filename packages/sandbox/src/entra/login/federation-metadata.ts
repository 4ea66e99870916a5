import type { Certificate } from "../certificate.ts";
import type { EntraState } from "../state.ts";
import { envelopedSignature, keyInfo } from "./xml-signature.ts";

const SAML = "urn:oasis:names:tc:SAML:2.0";
const FED = ' xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"';
const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const WSA = ' xmlns:wsa="http://www.w3.org/2005/08/addressing"';

/**
 * Federation metadata document of SAML 2.0, with the WS-Federation role that Entra puts before it, signed with the first
 * certificate. It is written in exclusive canonical form but for one declaration, so that no canonicalizer is needed.
 */
export function federationMetadata(
  { tenant, kernel }: EntraState,
  certificates: readonly [Certificate, ...Certificate[]],
): string {
  const id = `_${kernel.random.uuid()}`;
  const root = `<EntityDescriptor xmlns="${SAML}:metadata" ID="${id}" entityID="https://sts.windows.net/${tenant.id}/">`;
  const login = `https://login.microsoftonline.com/${tenant.id}`;
  const identityProvider = identityProviderRole(login, certificates);
  // Canonical form omits a namespace that only the value of xsi:type uses; the document needs it.
  const canonical = `${root}${tokenServiceRole("", login, certificates)}${identityProvider}`;
  const signature = envelopedSignature({ id, canonical, certificate: certificates[0] });
  return `<?xml version="1.0" encoding="utf-8"?>${root}${signature}${tokenServiceRole(FED, login, certificates)}${identityProvider}`;
}

function tokenServiceRole(declaration: string, login: string, certificates: readonly Certificate[]): string {
  return [
    `<RoleDescriptor${declaration}${XSI} protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xsi:type="fed:SecurityTokenServiceType">`,
    ...certificates.map(keyDescriptor),
    `<fed:PassiveRequestorEndpoint${FED}><wsa:EndpointReference${WSA}><wsa:Address>${login}/wsfed</wsa:Address></wsa:EndpointReference></fed:PassiveRequestorEndpoint>`,
    "</RoleDescriptor>",
  ].join("");
}

/** Writes the rest of the document. */
function identityProviderRole(login: string, certificates: readonly Certificate[]): string {
  const service = (element: string, binding: string) =>
    `<${element} Binding="${SAML}:bindings:${binding}" Location="${login}/saml2"></${element}>`;
  return [
    `<IDPSSODescriptor protocolSupportEnumeration="${SAML}:protocol">`,
    ...certificates.map(keyDescriptor),
    service("SingleLogoutService", "HTTP-Redirect"),
    service("SingleSignOnService", "HTTP-Redirect"),
    service("SingleSignOnService", "HTTP-POST"),
    "</IDPSSODescriptor></EntityDescriptor>",
  ].join("");
}

function keyDescriptor(certificate: Certificate): string {
  return `<KeyDescriptor use="signing">${keyInfo(certificate)}</KeyDescriptor>`;
}
