import { type AwsBehaviour, DEFAULT_AWS_BEHAVIOUR } from "../aws-json/aws-behaviour.ts";
import type { IdentityStoreState } from "../identity-store/state.ts";
import type { Kernel } from "../kernel/kernel.ts";

/**
 * A token lives one year (Identity Center user guide, "Provisioning an external identity provider ... using
 * SCIM").
 */
const TOKEN_LIFE_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

export interface ScimToken {
  readonly id: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Automatic provisioning of one identity store: its SCIM tenant and the tokens that open it. */
export class ScimState {
  readonly identityStore: IdentityStoreState;
  /** How long until other services see what SCIM creates. */
  readonly principalLagMilliseconds: number;
  readonly tokens = new Map<string, ScimToken>();
  /** Called for every new token. */
  onToken: (token: ScimToken) => void = () => undefined;
  readonly #kernel: Kernel;
  #tenantId: string | null = null;

  constructor(
    kernel: Kernel,
    identityStore: IdentityStoreState,
    behaviour: AwsBehaviour = DEFAULT_AWS_BEHAVIOUR,
  ) {
    this.#kernel = kernel;
    this.identityStore = identityStore;
    this.principalLagMilliseconds = behaviour.principalLagMilliseconds;
  }

  /** Null until automatic provisioning is enabled. */
  endpoint(): string | null {
    return this.#tenantId === null ? null : `${this.#origin()}/${this.#tenantId}/scim/v2`;
  }

  /** Turns automatic provisioning on and returns the endpoint; a second time changes nothing. */
  enable(): string {
    const { random } = this.#kernel;
    this.#tenantId ??= `${random.hex(3)}${random.uuid()}`;
    this.identityStore.externalIdIssuer ??= `${this.#origin()}/${this.#tenantId}`;
    return `${this.#origin()}/${this.#tenantId}/scim/v2`;
  }

  createToken(): ScimToken {
    const { random, clock } = this.#kernel;
    const now = clock.now();
    const token: ScimToken = {
      id: random.uuid(),
      token: Buffer.from(random.hex(750), "hex").toString("base64url"),
      createdAt: now,
      expiresAt: now + TOKEN_LIFE_MILLISECONDS,
    };
    this.tokens.set(token.id, token);
    this.onToken(token);
    return token;
  }

  /** Whether the bearer may use the tenant now. */
  accepts(tenantId: string, bearer: string): boolean {
    if (this.#tenantId === null || tenantId !== this.#tenantId) return false;
    const now = this.#kernel.clock.now();
    return [...this.tokens.values()].some(({ token, expiresAt }) => token === bearer && now < expiresAt);
  }

  #origin(): string {
    return `https://scim.${this.#kernel.region}.amazonaws.com`;
  }
}
