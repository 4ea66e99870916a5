import type { SecretReference } from "./secret-store.ts";

/** A SCIM token that somebody has put into the secret store, to be used from now on. */
export interface SuppliedToken {
  readonly secret: SecretReference;
  /** ISO time at which it was put there: the token is at least as old. */
  readonly suppliedAt: string;
}

/**
 * A source of new SCIM tokens without an operator, since AWS has no API for creating one. An external tool puts the value
 * into the secret as a version with the stage `CANDIDATE`; rotate-token does the rest.
 */
export interface TokenSupplier {
  /** The newest supplied token, even if it is already in use; null if nobody supplies any: then an operator is asked. */
  supply(secretName: string): Promise<SuppliedToken | null>;
}
