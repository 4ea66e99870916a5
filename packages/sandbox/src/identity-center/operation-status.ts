import { epochSeconds } from "../aws-json/timestamps.ts";
import type { AsyncOperation } from "./async-operations.ts";

/** `AccountAssignmentOperationStatus` of a create or delete. */
export function describeAssignmentStatus(operation: AsyncOperation): Record<string, unknown> {
  const { work } = operation;
  if (work.kind === "provision") throw new Error("A provisioning has no assignment.");
  return {
    ...describeStatus(operation),
    ...failureReason(operation),
    TargetId: work.assignment.accountId,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: work.assignment.permissionSetArn,
    PrincipalType: work.assignment.principalType,
    PrincipalId: work.assignment.principalId,
  };
}

/** `PermissionSetProvisioningStatus`. */
export function describeProvisioningStatus(operation: AsyncOperation): Record<string, unknown> {
  const { work } = operation;
  if (work.kind !== "provision") throw new Error("An assignment is no provisioning.");
  return {
    ...describeStatus(operation),
    ...failureReason(operation),
    ...(work.targetAccountId !== null && { AccountId: work.targetAccountId }),
    PermissionSetArn: work.permissionSetArn,
  };
}

/** An entry in the lists of operations. */
export function describeStatus({ requestId, status, createdAt }: AsyncOperation): Record<string, unknown> {
  return { Status: status, RequestId: requestId, CreatedDate: epochSeconds(createdAt) };
}

function failureReason({ failureReason }: AsyncOperation): Record<string, unknown> {
  return failureReason === null ? {} : { FailureReason: failureReason };
}
