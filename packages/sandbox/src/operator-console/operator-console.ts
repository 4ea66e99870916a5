import type { IdentityCenterState } from "../identity-center/state.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { ScimState, ScimToken } from "../scim/state.ts";
import type { SamlRefusal, SamlRequest, SamlResponse } from "../entra/login/saml-sign-in.ts";
import { ConsoleRefusal } from "./console-refusal.ts";
import {
  describeCertificate,
  isSignedByOneOf,
  type ProviderCertificate,
  readCertificateFile,
} from "./saml-certificates.ts";
import {
  type IdentityProvider,
  makeServiceProvider,
  readIdentityProvider,
  type ServiceProvider,
  serviceProviderMetadata,
} from "./saml-metadata.ts";

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

/** An identity provider that the sandbox plays. */
interface PlayedProvider {
  readonly entityId: string;
  signIn(request: SamlRequest): SamlResponse | SamlRefusal;
}

/** The most tokens at a time (Identity Center user guide, "Rotate an access token"). */
const MOST_TOKENS = 2;

/** What AWS offers only in its console, for people; here also for tests. Every refusal @throws {ConsoleRefusal}. */
export class OperatorConsole {
  readonly portalUrl: string;
  readonly serviceProvider: ServiceProvider;
  readonly #identityCenter: IdentityCenterState;
  readonly #scim: ScimState;
  readonly #entra: () => PlayedProvider;
  #identityProvider: IdentityProvider | null = null;

  constructor(
    kernel: Kernel,
    states: { readonly identityCenter: IdentityCenterState; readonly scim: ScimState },
    /** Asked for at sign-in only. */
    entra: () => PlayedProvider,
  ) {
    const { identityCenter, scim } = states;
    const { identityStoreId } = identityCenter.identityStore;
    this.#identityCenter = identityCenter;
    this.#scim = scim;
    this.#entra = entra;
    this.serviceProvider = makeServiceProvider({
      region: kernel.region,
      identityStoreId,
      samlTenantId: kernel.random.uuid(),
    });
    this.portalUrl = `https://${identityStoreId}.awsapps.com/start`;
  }

  /** The SAML metadata file that the console offers for download. */
  serviceProviderMetadata(): string {
    return serviceProviderMetadata(this.serviceProvider);
  }

  /** The external identity provider; null while the identity source is the Identity Center directory. */
  identityProvider(): IdentityProvider | null {
    return this.#identityProvider;
  }

  /** Makes the metadata's identity provider the identity source, or replaces its certificates. */
  changeIdentitySource(request: {
    readonly metadata: string;
    readonly confirmation: string;
  }): IdentityProvider {
    if (request.confirmation !== "ACCEPT") {
      throw new ConsoleRefusal(400, "The change of the identity source is not confirmed.", {
        field: "confirmation",
        remedy: "Type ACCEPT, in capitals.",
      });
    }
    this.#identityProvider = readIdentityProvider(request.metadata);
    return this.#identityProvider;
  }

  /** Certificates that sign-ins are checked with. */
  listCertificates(): ProviderCertificate[] {
    return this.#external().certificates.map(describeCertificate);
  }

  /** Adds to the existing ones; a second time changes nothing. */
  importCertificate(file: string): ProviderCertificate {
    const certificate = readCertificateFile(file);
    const { certificates, ...provider } = this.#external();
    this.#identityProvider = { ...provider, certificates: [...new Set([...certificates, certificate])] };
    return describeCertificate(certificate);
  }

  deleteCertificate(thumbprint: string): void {
    const { certificates, ...provider } = this.#external();
    const kept = certificates.filter((one) => describeCertificate(one).thumbprint !== thumbprint);
    if (kept.length === certificates.length) {
      throw new ConsoleRefusal(404, `There is no certificate ${thumbprint}.`, {
        field: "thumbprint",
        remedy: "Take a thumbprint from the list of certificates.",
      });
    }
    this.#identityProvider = { ...provider, certificates: kept };
  }

  #external(): IdentityProvider {
    if (this.#identityProvider !== null) return this.#identityProvider;
    throw new ConsoleRefusal(409, "Nobody can sign in through an external identity provider yet.", {
      remedy: "Change the identity source to an external identity provider first.",
    });
  }

  /** Null until automatic provisioning is enabled. */
  scimEndpoint(): string | null {
    return this.#scim.endpoint();
  }

  /** A second time changes nothing. */
  enableProvisioning(): { readonly endpoint: string } {
    if (this.#identityProvider === null) {
      throw new ConsoleRefusal(409, "The identity source is the Identity Center directory.", {
        remedy: "Change the identity source to an external identity provider first.",
      });
    }
    return { endpoint: this.#scim.enable() };
  }

  /** Expired tokens count until they are deleted. */
  createToken(): NewToken {
    if (this.#scim.endpoint() === null) {
      throw new ConsoleRefusal(409, "Automatic provisioning is not enabled.", {
        remedy: "Enable automatic provisioning first.",
      });
    }
    if (this.#scim.tokens.size >= MOST_TOKENS) {
      throw new ConsoleRefusal(
        409,
        `There are ${MOST_TOKENS} access tokens already, the most there can be.`,
        {
          remedy: "Delete the one that nothing uses any more, or that is expired, then generate a new one.",
        },
      );
    }
    const token = this.#scim.createToken();
    return { ...summarize(token), token: token.token };
  }

  listTokens(): TokenSummary[] {
    return [...this.#scim.tokens.values()].map(summarize);
  }

  /** A token without its value. */
  findToken(id: string): TokenSummary {
    const token = this.#scim.tokens.get(id);
    if (token === undefined) throw noToken(id);
    return summarize(token);
  }

  deleteToken(id: string): void {
    if (!this.#scim.tokens.delete(id)) throw noToken(id);
  }

  /** What a person sees in the access portal after signing in through the identity provider. */
  signIn(userName: string): SignIn {
    this.#authenticate(userName);
    const { identityStore } = this.#identityCenter;
    const user = identityStore.findUserByName(userName);
    if (user === undefined) {
      throw new ConsoleRefusal(404, `The identity store has no user "${userName}".`, {
        field: "userName",
        remedy: "Choose a user who was provisioned, or wait for the next provisioning cycle.",
      });
    }
    if (!user.attributes.active) {
      throw new ConsoleRefusal(409, `The user "${userName}" is disabled.`, {
        field: "userName",
        remedy:
          "Enable the account in Entra and wait for the next provisioning cycle, or choose another user.",
      });
    }
    const seen = new Map<string, PortalAccount>();
    for (const { accountId, permissionSetArn, principalId } of this.#identityCenter.assignments()) {
      if (principalId !== user.id && !identityStore.isMember(principalId, user.id)) continue;
      seen.set(`${accountId}/${permissionSetArn}`, this.#describeAccess(accountId, permissionSetArn));
    }
    return { portalUrl: this.portalUrl, userName: user.attributes.userName, accounts: [...seen.values()] };
  }

  /** Through Entra, where it is the identity provider; others are not played and let everybody in. */
  #authenticate(userName: string): void {
    const { entityId, certificates } = this.#external();
    const entra = this.#entra();
    if (entityId !== entra.entityId) return;
    const { issuer, acsUrl } = this.serviceProvider;
    const response = entra.signIn({ issuer, acsUrl, userName });
    if ("refused" in response) {
      const { refused, remedy } = response;
      throw new ConsoleRefusal(409, `Entra refuses the sign-in. ${refused}`, { field: "userName", remedy });
    }
    if (!isSignedByOneOf(certificates, response)) {
      throw new ConsoleRefusal(
        403,
        `The sign-in is signed with the certificate ${response.thumbprint}, which IAM Identity Center does not have.`,
        { remedy: "Import that certificate under Settings, Actions, Manage authentication." },
      );
    }
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

function noToken(id: string): ConsoleRefusal {
  return new ConsoleRefusal(404, `There is no access token ${id}.`, {
    field: "id",
    remedy: "Take an id from the list of access tokens.",
  });
}
