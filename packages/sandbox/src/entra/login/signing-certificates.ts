import { type Certificate, makeSelfSignedCertificate } from "../certificate.ts";
import type { EntraState, ServicePrincipal } from "../state.ts";

const YEAR_MILLISECONDS = 365 * 86_400_000;

/**
 * The certificates of an application, the signing one first: the active one, or any if none is active. A valid one replaces
 * an expired active one ("Manage certificates for federated single sign-on").
 */
export function publishedCertificates(state: EntraState, servicePrincipal: ServicePrincipal): Certificate[] {
  const now = state.kernel.clock.now();
  const rank = ({ thumbprint, endsAt }: Certificate) => {
    if (Date.parse(endsAt) <= now) return 2;
    return thumbprint === servicePrincipal.preferredTokenSigningKeyThumbprint ? 0 : 1;
  };
  return servicePrincipal.certificates
    .map(({ certificate }) => certificate)
    .toSorted((one, other) => rank(one) - rank(other));
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
