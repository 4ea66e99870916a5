import type { StorePrincipal } from "../model/instance.ts";

/** The groups and users that Identity Center knows. */
export interface IdentityStore {
  /** @throws {FlowError} Throttled, AccessDenied, IncompleteRead */
  listGroups(identityStoreId: string): Promise<StorePrincipal[]>;
  /** @throws {FlowError} Throttled, AccessDenied, IncompleteRead */
  listUsers(identityStoreId: string): Promise<StorePrincipal[]>;
}
