import type { Organization } from "../model/organization.ts";

export interface OrganizationReader {
  /**
   * Reads root, units and accounts; account tags only on demand, since they cost one call an account; otherwise they are null.
   * @throws {FlowError} Throttled, AccessDenied, IncompleteRead
   */
  read(options: { readonly tags: boolean }): Promise<Organization>;
}
