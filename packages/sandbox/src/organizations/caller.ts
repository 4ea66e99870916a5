import { AwsError } from "../aws-json/aws-error.ts";
import type { OrganizationState } from "./state.ts";

/**
 * The calling account. An access key id of twelve digits is that account; any other, or none, is the account that administers
 * Identity Center: the delegated administrator if there is one, else the management account.
 * @throws {AwsError} UnrecognizedClientException for an account outside the organization
 */
export function callerAccountId(state: OrganizationState, accessKeyId: string | null): string {
  if (accessKeyId === null || !/^\d{12}$/.test(accessKeyId)) {
    return state.delegatedAdministratorId ?? state.managementAccountId;
  }
  if (!state.accounts.has(accessKeyId)) {
    throw new AwsError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  }
  return accessKeyId;
}

/** Whether the account may administer Identity Center and read the organization. */
export function isAdministrator(state: OrganizationState, accountId: string): boolean {
  return accountId === state.managementAccountId || accountId === state.delegatedAdministratorId;
}
