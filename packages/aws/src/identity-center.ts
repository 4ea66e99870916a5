import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { Clock, IdentityCenter } from "@landbridge/core";
import { makeAssignmentOperations } from "./assignment-operations.ts";
import { readAssignments, readAssignmentsAt, readAssignmentsIn, readAssignmentsOf } from "./assignments.ts";
import { readInstance } from "./instance.ts";
import { makePermissionSets } from "./permission-sets.ts";

/** IAM Identity Center in the instance's primary region, the only one that takes writes. */
export function makeIdentityCenter(
  ssoAdmin: SSOAdminClient,
  { region, clock }: { readonly region: string; readonly clock: Clock },
): IdentityCenter {
  return {
    readInstance: () => readInstance(ssoAdmin, region),
    readAssignments: (instance, permissionSetArn) => readAssignments(ssoAdmin, instance, permissionSetArn),
    readAssignmentsAt: (instance, accountId, permissionSetArn) =>
      readAssignmentsAt(ssoAdmin, instance, { accountId, permissionSetArn }),
    readAssignmentsIn: (instance, accountId) => readAssignmentsIn(ssoAdmin, instance, accountId),
    readAssignmentsOf: (instance, principal) => readAssignmentsOf(ssoAdmin, instance, principal),
    ...makePermissionSets(ssoAdmin, clock),
    ...makeAssignmentOperations(ssoAdmin),
  };
}
