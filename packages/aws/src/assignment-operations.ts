import {
  type AccountAssignmentOperationStatusMetadata,
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  paginateListAccountAssignmentCreationStatus,
  paginateListAccountAssignmentDeletionStatus,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import type { IdentityCenter } from "@landbridge/core";
import { required } from "./required.ts";
import { toOperation } from "./to-operation.ts";

type Operations = Pick<
  IdentityCenter,
  "startAssignment" | "listAssignmentOperations" | "describeAssignmentOperation"
>;

/** The asynchronous operations that make and remove assignments. AWS names everything twice; nothing else differs. */
export function makeAssignmentOperations(ssoAdmin: SSOAdminClient): Operations {
  return {
    async startAssignment(action, { instanceArn }, assignment) {
      const input = {
        InstanceArn: instanceArn,
        PermissionSetArn: assignment.permissionSetArn,
        PrincipalType: assignment.principalType,
        PrincipalId: assignment.principalId,
        TargetType: "AWS_ACCOUNT" as const,
        TargetId: assignment.accountId,
      };
      if (action === "create") {
        const started = await ssoAdmin.send(new CreateAccountAssignmentCommand(input));
        return toOperation(started.AccountAssignmentCreationStatus);
      }
      const started = await ssoAdmin.send(new DeleteAccountAssignmentCommand(input));
      return toOperation(started.AccountAssignmentDeletionStatus);
    },
    async listAssignmentOperations(action, { instanceArn }, status) {
      const config = { client: ssoAdmin, pageSize: 100 };
      const input = { InstanceArn: instanceArn, Filter: { Status: status } };
      const found: AccountAssignmentOperationStatusMetadata[] = [];
      if (action === "create") {
        const pages = paginateListAccountAssignmentCreationStatus(config, input);
        for await (const page of pages) found.push(...(page.AccountAssignmentsCreationStatus ?? []));
      } else {
        const pages = paginateListAccountAssignmentDeletionStatus(config, input);
        for await (const page of pages) found.push(...(page.AccountAssignmentsDeletionStatus ?? []));
      }
      return found
        .toSorted(newestFirst)
        .map(({ RequestId }) => required(RequestId, "the id of an operation"));
    },
    async describeAssignmentOperation(action, { instanceArn }, requestId) {
      if (action === "create") {
        const answer = await ssoAdmin.send(
          new DescribeAccountAssignmentCreationStatusCommand({
            InstanceArn: instanceArn,
            AccountAssignmentCreationRequestId: requestId,
          }),
        );
        return toOperation(answer.AccountAssignmentCreationStatus);
      }
      const answer = await ssoAdmin.send(
        new DescribeAccountAssignmentDeletionStatusCommand({
          InstanceArn: instanceArn,
          AccountAssignmentDeletionRequestId: requestId,
        }),
      );
      return toOperation(answer.AccountAssignmentDeletionStatus);
    },
  };
}

function newestFirst(
  one: AccountAssignmentOperationStatusMetadata,
  other: AccountAssignmentOperationStatusMetadata,
): number {
  return (other.CreatedDate?.getTime() ?? 0) - (one.CreatedDate?.getTime() ?? 0);
}
