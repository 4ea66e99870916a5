import * as z from "zod";
import type { Call, Operations } from "../aws-json/operation.ts";
import type { AsyncOperation, Work } from "./async-operations.ts";
import { makeDefine, pageOf } from "./define.ts";
import { notFound } from "./errors.ts";
import { instance, page, RequestId } from "./inputs.ts";
import { describeAssignmentStatus, describeProvisioningStatus, describeStatus } from "./operation-status.ts";
import type { IdentityCenterState } from "./state.ts";

const StatusPage = z.strictObject({
  ...instance,
  ...page,
  Filter: z.strictObject({ Status: z.enum(["IN_PROGRESS", "FAILED", "SUCCEEDED"]).optional() }).optional(),
});

/** The status of asynchronous operations. */
export function makeStatusOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);

  const find = (kind: Work["kind"], requestId: string): AsyncOperation => {
    const operation = state.operations.find(kind, requestId);
    if (operation === undefined) throw notFound(`Request with id ${requestId} not found.`);
    return operation;
  };
  const list = (kind: Work["kind"], input: z.infer<typeof StatusPage>, call: Call) => {
    const status = input.Filter?.Status;
    const all = state.operations.list(kind);
    const matching = all.filter((operation) => status === undefined || operation.status === status);
    const { items, next } = pageOf(matching, input, call);
    return { items: items.map(describeStatus), next };
  };

  return {
    DescribeAccountAssignmentCreationStatus: define(
      z.strictObject({ ...instance, AccountAssignmentCreationRequestId: RequestId }),
      (input) => ({
        AccountAssignmentCreationStatus: describeAssignmentStatus(
          find("create", input.AccountAssignmentCreationRequestId),
        ),
      }),
    ),
    DescribeAccountAssignmentDeletionStatus: define(
      z.strictObject({ ...instance, AccountAssignmentDeletionRequestId: RequestId }),
      (input) => ({
        AccountAssignmentDeletionStatus: describeAssignmentStatus(
          find("delete", input.AccountAssignmentDeletionRequestId),
        ),
      }),
    ),
    DescribePermissionSetProvisioningStatus: define(
      z.strictObject({ ...instance, ProvisionPermissionSetRequestId: RequestId }),
      (input) => ({
        PermissionSetProvisioningStatus: describeProvisioningStatus(
          find("provision", input.ProvisionPermissionSetRequestId),
        ),
      }),
    ),
    ListAccountAssignmentCreationStatus: define(StatusPage, (input, call) => {
      const { items, next } = list("create", input, call);
      return { AccountAssignmentsCreationStatus: items, ...next };
    }),
    ListAccountAssignmentDeletionStatus: define(StatusPage, (input, call) => {
      const { items, next } = list("delete", input, call);
      return { AccountAssignmentsDeletionStatus: items, ...next };
    }),
    ListPermissionSetProvisioningStatus: define(StatusPage, (input, call) => {
      const { items, next } = list("provision", input, call);
      return { PermissionSetsProvisioningStatus: items, ...next };
    }),
  };
}
