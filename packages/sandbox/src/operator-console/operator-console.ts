import type { IdentityCenterState } from "../identity-center/state.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { ScimState, ScimToken } from "../scim/state.ts";
import { ConsoleRefusal } from "./console-refusal.ts";
import { type IdentityProvider, readIdentityProvider, serviceProviderMetadata } from "./saml-metadata.ts";

/** A token without its value. */
export interface TokenSummary {
  readonly id: string;
  /** ISO time. */
  readonly createdAt: string;
  /** ISO time. */
  readonly expiresAt: string;
}

export interface NewToken extends TokenSummary {
  /** Shown this once. */
  readonly token: string;
}

export interface PortalAccount {
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSet: string;
}

export interface SignIn {
  readonly portalUrl: string;
  readonly userName: string;
  readonly accounts: readonly PortalAccount[];
}

/** Tokens at a time (Identity Center user guide, "Rotate an access token"). */
const MOST_TOKENS = 2;

/**
 * What AWS offers only in its console, for people; here also for tests. Every refusal @throws
 * {ConsoleRefusal}.
 */
export class OperatorConsole {
  readonly portalUrl: string;
  readonly #kernel: Kernel;
  readonly #identityCenter: IdentityCenterState;
  readonly #scim: ScimState;
  readonly #samlTenantId: string;
  #identityProvider: IdentityProvider | null = null;

  constructor(kernel: Kernel, identityCenter: IdentityCenterState, scim: ScimState) {
    this.#kernel = kernel;
    this.#identityCenter = identityCenter;
    this.#scim = scim;
    this.#samlTenantId = kernel.random.uuid();
    this.portalUrl = `https://${identityCenter.identityStore.identityStoreId}.awsapps.com/start`;
  }

  /** The SAML metadata file that the console offers for download. */
  serviceProviderMetadata(): string {
    return serviceProviderMetadata({
      region: this.#kernel.region,
      identityStoreId: this.#identityCenter.identityStore.identityStoreId,
      samlTenantId: this.#samlTenantId,
    });
  }

  /** The external identity provider; null while the identity source is the Identity Center directory. */
  identityProvider(): IdentityProvider | null {
    return this.#identityProvider;
  }

  /** Makes the identity provider of the metadata the identity source, or replaces its certificates. */
  changeIdentitySource(request: {
    readonly metadata: string;
    readonly confirmation: string;
  }): IdentityProvider {
    if (request.confirmation !== "ACCEPT") {
      throw new ConsoleRefusal(400, 'Changing the identity source needs the confirmation "ACCEPT".');
    }
    this.#identityProvider = readIdentityProvider(request.metadata);
    return this.#identityProvider;
  }

  enableProvisioning(): { readonly endpoint: string } {
    if (this.#identityProvider === null) {
      throw new ConsoleRefusal(409, "Change the identity source to an external identity provider first.");
    }
    return { endpoint: this.#scim.enable() };
  }

  /** Expired tokens count until they are deleted. */
  createToken(): NewToken {
    if (this.#scim.endpoint() === null) throw new ConsoleRefusal(409, "Enable automatic provisioning first.");
    if (this.#scim.tokens.size >= MOST_TOKENS) {
      throw new ConsoleRefusal(409, `There are ${MOST_TOKENS} access tokens already; delete one first.`);
    }
    const token = this.#scim.createToken();
    return { ...summarize(token), token: token.token };
  }

  listTokens(): TokenSummary[] {
    return [...this.#scim.tokens.values()].map(summarize);
  }

  deleteToken(id: string): void {
    if (!this.#scim.tokens.delete(id)) throw new ConsoleRefusal(404, `There is no access token ${id}.`);
  }

  /** What a person sees in the access portal after signing in through the identity provider. */
  signIn(userName: string): SignIn {
    if (this.#identityProvider === null) {
      throw new ConsoleRefusal(
        409,
        "The identity source is not an external identity provider: nobody can sign in through one.",
      );
    }
    const { identityStore } = this.#identityCenter;
    const user = identityStore.findUserByName(userName);
    if (user === undefined) {
      throw new ConsoleRefusal(
        404,
        `The identity store has no user "${userName}". Was the user provisioned?`,
      );
    }
    if (!user.attributes.active) throw new ConsoleRefusal(409, `The user "${userName}" is disabled.`);
    const seen = new Map<string, PortalAccount>();
    for (const { accountId, permissionSetArn, principalId } of this.#identityCenter.assignments()) {
      if (principalId !== user.id && !identityStore.isMember(principalId, user.id)) continue;
      seen.set(`${accountId}/${permissionSetArn}`, this.#describeAccess(accountId, permissionSetArn));
    }
    return { portalUrl: this.portalUrl, userName: user.attributes.userName, accounts: [...seen.values()] };
  }

  #describeAccess(accountId: string, permissionSetArn: string): PortalAccount {
    const { organization, permissionSets } = this.#identityCenter;
    return {
      accountId,
      accountName: organization.accounts.get(accountId)?.name ?? accountId,
      permissionSet: permissionSets.get(permissionSetArn)?.name ?? permissionSetArn,
    };
  }
}

function summarize({ id, createdAt, expiresAt }: ScimToken): TokenSummary {
  return { id, createdAt: new Date(createdAt).toISOString(), expiresAt: new Date(expiresAt).toISOString() };
}
