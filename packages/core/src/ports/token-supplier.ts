import type { SecretReference } from "./secret-store.ts";

/** A SCIM token that somebody has put into the secret store, to be used from now on. */
export interface SuppliedToken {
  readonly secret: SecretReference;
  /** ISO time at which it was put there: the token is at least as old. */
  readonly suppliedAt: string;
}

/**
 * Where new SCIM tokens come from without an operator: AWS has no API for making one. Whoever has a way of their own puts
 * the value into the secret as a version with the stage `CANDIDATE`; everything after that is rotate-token's.
 */
export interface TokenSupplier {
  /** The newest supplied token, also one that is in use by now; null: nobody supplies any, an operator is asked. */
  supply(secretName: string): Promise<SuppliedToken | null>;
}
