import {
  type AccountAssignment,
  type AccountAssignmentForPrincipal,
  paginateListAccountAssignments,
  paginateListAccountAssignmentsForPrincipal,
  paginateListAccountsForProvisionedPermissionSet,
  paginateListPermissionSetsProvisionedToAccount,
  type ProvisioningStatus,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import {
  type Instance,
  type InstanceAssignment,
  mapConcurrently,
  type StorePrincipal,
} from "@landbridge/core";
import type { PermissionSetKey } from "./permission-set-spec.ts";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

/** Enough to keep the limiter busy at AWS's latencies. */
const CONCURRENCY = 8;

/** Every assignment of one permission set, one listing an account that has it. */
export async function readAssignments(
  ssoAdmin: SSOAdminClient,
  { instanceArn }: Instance,
  permissionSetArn: string,
): Promise<InstanceAssignment[]> {
  const key = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn };
  const accountIds = await listAccounts(ssoAdmin, key);
  const perAccount = await mapConcurrently(accountIds, CONCURRENCY, (accountId) =>
    readInAccount(ssoAdmin, key, accountId),
  );
  return perAccount.flat();
}

/** Every assignment of one principal. What a user has through groups is listed too, under the group, and left out. */
export async function readAssignmentsOf(
  ssoAdmin: SSOAdminClient,
  { instanceArn }: Instance,
  { type, principalId }: Pick<StorePrincipal, "type" | "principalId">,
): Promise<InstanceAssignment[]> {
  const found: AccountAssignmentForPrincipal[] = [];
  const pages = paginateListAccountAssignmentsForPrincipal(
    { client: ssoAdmin, pageSize: 100 },
    { InstanceArn: instanceArn, PrincipalId: principalId, PrincipalType: type },
  );
  for await (const { AccountAssignments = [] } of pages) found.push(...AccountAssignments);
  return found
    .filter(({ PrincipalId }) => PrincipalId === principalId)
    .map(({ AccountId, PermissionSetArn }) => ({
      accountId: required(AccountId, `the account of an assignment of ${principalId}`),
      permissionSetArn: required(PermissionSetArn, `the permission set of an assignment of ${principalId}`),
      principalType: type,
      principalId,
    }));
}

/**
 * Every assignment of one permission set in one account. AWS does not document its answer for an account that has left; "not
 * found" is assumed to mean that nothing is there.
 */
export async function readAssignmentsAt(
  ssoAdmin: SSOAdminClient,
  { instanceArn }: Instance,
  place: { readonly accountId: string; readonly permissionSetArn: string },
): Promise<InstanceAssignment[]> {
  const key = { InstanceArn: instanceArn, PermissionSetArn: place.permissionSetArn };
  try {
    return await readInAccount(ssoAdmin, key, place.accountId);
  } catch (error) {
    if (isAwsError(error, "ResourceNotFoundException")) return [];
    throw error;
  }
}

/** Accounts that have a role of the set; of a `status` only when one is given. */
export async function listAccounts(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  status?: ProvisioningStatus,
): Promise<string[]> {
  const accountIds: string[] = [];
  const pages = paginateListAccountsForProvisionedPermissionSet(
    { client: ssoAdmin, pageSize: 100 },
    { ...key, ...(status && { ProvisioningStatus: status }) },
  );
  for await (const { AccountIds = [] } of pages) accountIds.push(...AccountIds);
  return accountIds;
}

/** ARNs of the sets that an account has roles of. For an account that has left it is as in {@link readAssignmentsAt}. */
export async function listPermissionSetsIn(
  ssoAdmin: SSOAdminClient,
  { instanceArn }: Instance,
  accountId: string,
): Promise<string[]> {
  const arns: string[] = [];
  const pages = paginateListPermissionSetsProvisionedToAccount(
    { client: ssoAdmin, pageSize: 100 },
    { InstanceArn: instanceArn, AccountId: accountId },
  );
  try {
    for await (const { PermissionSets = [] } of pages) arns.push(...PermissionSets);
  } catch (error) {
    if (!isAwsError(error, "ResourceNotFoundException")) throw error;
  }
  return arns;
}

async function readInAccount(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  accountId: string,
): Promise<InstanceAssignment[]> {
  const found: AccountAssignment[] = [];
  const pages = paginateListAccountAssignments(
    { client: ssoAdmin, pageSize: 100 },
    { ...key, AccountId: accountId },
  );
  for await (const { AccountAssignments = [] } of pages) found.push(...AccountAssignments);
  return found.map(({ PrincipalType, PrincipalId }) => ({
    accountId,
    permissionSetArn: key.PermissionSetArn,
    principalType: required(PrincipalType, `the principal type of an assignment in ${accountId}`),
    principalId: required(PrincipalId, `the principal of an assignment in ${accountId}`),
  }));
}
