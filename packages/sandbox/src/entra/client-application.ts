import { type EntraState, isoNow } from "./state.ts";

/** Two years, the longest that the Entra admin center offers. */
const SECRET_MILLISECONDS = 730 * 86_400_000;

/**
 * The app registration that signs in, with its service principal, so that its federated credentials can be managed. It
 * declares no app roles.
 */
export function registerClient(state: EntraState, clientId: string): void {
  const { random, clock } = state.kernel;
  const shared = {
    appId: clientId,
    displayName: "Sandbox client",
    visibleAt: clock.now(),
    notes: null,
    tags: [],
  };
  const applicationId = random.uuid();
  state.applications.set(applicationId, {
    ...shared,
    id: applicationId,
    templateId: null,
    createdAt: isoNow(state),
    identifierUris: [],
    redirectUris: [],
    federatedIdentityCredentials: [],
    passwordCredentials: [
      {
        keyId: random.uuid(),
        displayName: "Sandbox",
        hint: "san",
        startDateTime: isoNow(state),
        endDateTime: new Date(clock.now() + SECRET_MILLISECONDS).toISOString(),
      },
    ],
  });
  const servicePrincipalId = random.uuid();
  state.servicePrincipals.set(servicePrincipalId, {
    ...shared,
    id: servicePrincipalId,
    appRoles: [],
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    preferredSingleSignOnMode: null,
    modeEffectiveAt: 0,
    preferredTokenSigningKeyThumbprint: null,
    notificationEmailAddresses: [],
    loginUrl: null,
    certificates: [],
    claimsMappingPolicyIds: [],
    secrets: new Map(),
  });
}
