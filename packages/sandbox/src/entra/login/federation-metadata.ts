import { type Certificate, makeSelfSignedCertificate } from "../certificate.ts";
import type { EntraState, ServicePrincipal } from "../state.ts";

const YEAR_MILLISECONDS = 365 * 86_400_000;

/**
 * The certificates that the application signs with: the active one, or every one while none is active. An expired
 * active one gives way to a valid one ("Manage certificates for federated single sign-on").
 */
export function signingCertificates(state: EntraState, servicePrincipal: ServicePrincipal): Certificate[] {
  const now = state.kernel.clock.now();
  const all = servicePrincipal.certificates.map(({ certificate }) => certificate);
  const valid = all.filter(({ endsAt }) => Date.parse(endsAt) > now);
  const active = all.find(
    ({ thumbprint }) => thumbprint === servicePrincipal.preferredTokenSigningKeyThumbprint,
  );
  if (active && (valid.includes(active) || valid.length === 0)) return [active];
  return valid.length > 0 ? valid : all;
}

/** The tenant's own certificate, for an application that has none. */
export function makeTenantCertificate({ kernel }: EntraState): Promise<Certificate> {
  const startsAt = kernel.clock.now();
  return makeSelfSignedCertificate({
    commonName: "accounts.accesscontrol.windows.net",
    startsAt,
    endsAt: startsAt + 5 * YEAR_MILLISECONDS,
    serialHex: kernel.random.hex(30),
  });
}

/** Federation metadata document of SAML 2.0, with the WS-Federation role that Entra puts before it. */
export function federationMetadata(state: EntraState, certificates: readonly Certificate[]): string {
  const { id } = state.tenant;
  const login = `https://login.microsoftonline.com/${id}`;
  const keys = certificates.map(keyDescriptor).join("");
  const service = (element: string, binding: string) =>
    `<${element} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${login}/saml2" />`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<EntityDescriptor ID="_${state.kernel.random.uuid()}" entityID="https://sts.windows.net/${id}/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<RoleDescriptor xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706">',
    keys,
    `<fed:PassiveRequestorEndpoint><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${login}/wsfed</wsa:Address></wsa:EndpointReference></fed:PassiveRequestorEndpoint>`,
    "</RoleDescriptor>",
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    keys,
    service("SingleLogoutService", "HTTP-Redirect"),
    service("SingleSignOnService", "HTTP-Redirect"),
    service("SingleSignOnService", "HTTP-POST"),
    "</IDPSSODescriptor>",
    "</EntityDescriptor>",
  ].join("");
}

function keyDescriptor({ der }: Certificate): string {
  const certificate = `<X509Data><X509Certificate>${der.toString("base64")}</X509Certificate></X509Data>`;
  return `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">${certificate}</KeyInfo></KeyDescriptor>`;
}
