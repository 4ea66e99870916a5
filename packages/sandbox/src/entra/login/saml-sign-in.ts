import { sign } from "node:crypto";
import { type EntraState, servicePrincipalOf, type ServicePrincipal } from "../state.ts";
import { publishedCertificates } from "./signing-certificates.ts";

/** A service provider's request to Entra, and who signs in. */
export interface SamlRequest {
  /** Identifier of the service provider. */
  readonly issuer: string;
  /** Where the answer goes. */
  readonly acsUrl: string;
  readonly userName: string;
}

/** Simulates a signed SAML response: its content, and the signature over it. */
export interface SamlResponse {
  /** Entity id of the tenant. */
  readonly issuer: string;
  readonly content: string;
  readonly signature: Buffer;
  /** Upper-case hex SHA-1 of the certificate that signed. */
  readonly thumbprint: string;
}

export interface SamlRefusal {
  readonly refused: string;
  readonly remedy: string;
}

export function entityIdOf({ tenant }: EntraState): string {
  return `https://sts.windows.net/${tenant.id}/`;
}

/** A sign-in at Entra: the application must know the service provider, and the person must be assigned to it. */
export function signInWithSaml(state: EntraState, request: SamlRequest): SamlResponse | SamlRefusal {
  const { issuer, acsUrl, userName } = request;
  const application = [...state.applications.values()].find(({ identifierUris }) =>
    identifierUris.includes(issuer),
  );
  const servicePrincipal = application && servicePrincipalOf(state, application.appId);
  if (!servicePrincipal) {
    return refuse(`AADSTS700016: no application has the identifier '${issuer}'.`, "Run connect first.");
  }
  if (!application.redirectUris.includes(acsUrl)) {
    return refuse(`AADSTS50011: '${acsUrl}' is no reply URL of the application.`, "Run connect again.");
  }
  const refusal = refuseUser(state, servicePrincipal, userName);
  if (refusal) return refusal;
  const [certificate] = publishedCertificates(state, servicePrincipal);
  if (!certificate) {
    return refuse("The application has no signing certificate.", "Run connect again.");
  }
  const content = JSON.stringify({ issuer: entityIdOf(state), audience: issuer, acsUrl, nameId: userName });
  return {
    issuer: entityIdOf(state),
    content,
    signature: sign("sha256", Buffer.from(content), certificate.privateKey),
    thumbprint: certificate.thumbprint,
  };
}

function refuseUser(
  state: EntraState,
  servicePrincipal: ServicePrincipal,
  userName: string,
): SamlRefusal | null {
  const name = userName.toLowerCase();
  const user = [...state.users.values()].find(
    ({ userPrincipalName }) => userPrincipalName.toLowerCase() === name,
  );
  if (!user) return refuse(`AADSTS50034: the tenant has no user '${userName}'.`, "Choose another user.");
  if (!user.accountEnabled) {
    return refuse(`AADSTS50057: the account of '${userName}' is disabled.`, "Choose another user.");
  }
  if (!servicePrincipal.appRoleAssignmentRequired) return null;
  const isAssigned = [...state.assignments.values()].some(
    ({ servicePrincipalId, principalId }) =>
      servicePrincipalId === servicePrincipal.id &&
      (principalId === user.id || state.groups.get(principalId)?.userIds.has(user.id) === true),
  );
  return isAssigned
    ? null
    : refuse(`AADSTS50105: '${userName}' is not assigned to the application.`, "Choose another user.");
}

function refuse(refused: string, remedy: string): SamlRefusal {
  return { refused, remedy };
}
