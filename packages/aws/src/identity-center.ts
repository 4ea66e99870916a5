import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { IdentityCenter } from "@landbridge/core";
import { makeAssignmentOperations } from "./assignment-operations.ts";
import {
  listAccounts,
  listPermissionSetsIn,
  readAssignments,
  readAssignmentsAt,
  readAssignmentsOf,
} from "./assignments.ts";
import { readInstance } from "./instance.ts";
import { makePermissionSets } from "./permission-sets.ts";
import { makeProvisioning } from "./provisioning.ts";

/** IAM Identity Center in the instance's primary region, the only one that accepts writes. */
export function makeIdentityCenter(
  ssoAdmin: SSOAdminClient,
  { region }: { readonly region: string },
): IdentityCenter {
  return {
    readInstance: () => readInstance(ssoAdmin, region),
    readAssignments: (instance, permissionSetArn) => readAssignments(ssoAdmin, instance, permissionSetArn),
    readAssignmentsAt: (instance, accountId, permissionSetArn) =>
      readAssignmentsAt(ssoAdmin, instance, { accountId, permissionSetArn }),
    listAccountsWith: ({ instanceArn }, permissionSetArn) =>
      listAccounts(ssoAdmin, { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn }),
    listPermissionSetsIn: (instance, accountId) => listPermissionSetsIn(ssoAdmin, instance, accountId),
    readAssignmentsOf: (instance, principal) => readAssignmentsOf(ssoAdmin, instance, principal),
    ...makePermissionSets(ssoAdmin),
    ...makeProvisioning(ssoAdmin),
    ...makeAssignmentOperations(ssoAdmin),
  };
}
