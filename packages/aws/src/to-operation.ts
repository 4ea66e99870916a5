import type {
  AccountAssignmentOperationStatus,
  PermissionSetProvisioningStatus,
} from "@aws-sdk/client-sso-admin";
import type { AssignmentOperation } from "@landbridge/core";
import { required } from "./required.ts";

/** How far an asynchronous operation of IAM Identity Center is. */
export function toOperation(
  status: AccountAssignmentOperationStatus | PermissionSetProvisioningStatus | undefined,
): AssignmentOperation {
  return {
    requestId: required(status?.RequestId, "the id of an operation"),
    status: required(status?.Status, "the status of an operation"),
    failureReason: status?.FailureReason ?? null,
  };
}
