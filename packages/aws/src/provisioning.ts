import {
  DescribePermissionSetProvisioningStatusCommand,
  ProvisionPermissionSetCommand,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { IdentityCenter } from "@landbridge/core";
import { listAccounts } from "./assignments.ts";
import { toOperation } from "./to-operation.ts";

/** Permission sets as roles in accounts: which are out of date, and bringing them up to date. */
export function makeProvisioning(
  ssoAdmin: SSOAdminClient,
): Pick<IdentityCenter, "listOutdatedAccounts" | "startProvisioning" | "describeProvisioning"> {
  return {
    listOutdatedAccounts({ instanceArn }, permissionSetArn) {
      const key = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn };
      return listAccounts(ssoAdmin, key, "LATEST_PERMISSION_SET_NOT_PROVISIONED");
    },
    async startProvisioning({ instanceArn }, permissionSetArn, accountId) {
      const answer = await ssoAdmin.send(
        new ProvisionPermissionSetCommand({
          InstanceArn: instanceArn,
          PermissionSetArn: permissionSetArn,
          ...(accountId === null
            ? { TargetType: "ALL_PROVISIONED_ACCOUNTS" }
            : { TargetType: "AWS_ACCOUNT", TargetId: accountId }),
        }),
      );
      return toOperation(answer.PermissionSetProvisioningStatus);
    },
    async describeProvisioning({ instanceArn }, requestId) {
      const answer = await ssoAdmin.send(
        new DescribePermissionSetProvisioningStatusCommand({
          InstanceArn: instanceArn,
          ProvisionPermissionSetRequestId: requestId,
        }),
      );
      return toOperation(answer.PermissionSetProvisioningStatus);
    },
  };
}
