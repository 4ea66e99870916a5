import * as z from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { checkAccount, findForChange, findPermissionSet, makeDefine, pageOf } from "./define.ts";
import { notFound, throttled, validation } from "./errors.ts";
import { AccountId, instance, page, permissionSet } from "./inputs.ts";
import { describeProvisioningStatus } from "./operation-status.ts";
import type { PermissionSet } from "./permission-set.ts";
import { QUOTAS } from "./quotas.ts";
import type { IdentityCenterState } from "./state.ts";

const ProvisioningStatus = z
  .enum(["LATEST_PERMISSION_SET_PROVISIONED", "LATEST_PERMISSION_SET_NOT_PROVISIONED"])
  .optional();

const ProvisionRequest = z.strictObject({
  ...permissionSet,
  TargetId: AccountId.optional(),
  TargetType: z.enum(["AWS_ACCOUNT", "ALL_PROVISIONED_ACCOUNTS"]),
});

/** Permission sets as roles in accounts. */
export function makeProvisioningOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);
  return {
    ProvisionPermissionSet: define(ProvisionRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      const accountIds = targets(state, set, input);
      const running = state.operations.open().filter(({ work }) => work.kind === "provision");
      if (running.length >= QUOTAS.concurrentProvisionings) {
        throw throttled(`${QUOTAS.concurrentProvisionings} permission sets are being provisioned already.`);
      }
      const operation = state.operations.start(
        {
          kind: "provision",
          permissionSetArn: set.arn,
          revision: set.revision,
          targetAccountId: input.TargetId ?? null,
        },
        accountIds,
      );
      return { PermissionSetProvisioningStatus: describeProvisioningStatus(operation) };
    }),
    ListAccountsForProvisionedPermissionSet: define(
      z.strictObject({ ...permissionSet, ProvisioningStatus, ...page }),
      (input, call) => {
        const set = findPermissionSet(state, input.PermissionSetArn);
        const accountIds = state.roles
          .accountsWith(set.arn)
          .filter((accountId) => hasStatus(state, { set, accountId }, input.ProvisioningStatus));
        const { items, next } = pageOf(accountIds, input, call);
        return { AccountIds: items, ...next };
      },
    ),
    ListPermissionSetsProvisionedToAccount: define(
      z.strictObject({ ...instance, AccountId, ProvisioningStatus, ...page }),
      (input, call) => {
        checkAccount(state, input.AccountId);
        const arns = state.roles.permissionSetsIn(input.AccountId).filter((arn) => {
          const set = findPermissionSet(state, arn);
          return hasStatus(state, { set, accountId: input.AccountId }, input.ProvisioningStatus);
        });
        const { items, next } = pageOf(arns, input, call);
        return { PermissionSets: items, ...next };
      },
    ),
  };
}

function targets(
  state: IdentityCenterState,
  set: PermissionSet,
  { TargetId, TargetType }: z.infer<typeof ProvisionRequest>,
): string[] {
  if (TargetType === "ALL_PROVISIONED_ACCOUNTS") {
    if (TargetId !== undefined) throw validation("TargetId is not allowed for ALL_PROVISIONED_ACCOUNTS.");
    return state.roles.accountsWith(set.arn);
  }
  if (TargetId === undefined) throw validation("TargetId is required for AWS_ACCOUNT.");
  checkAccount(state, TargetId);
  if (state.roles.revision(TargetId, set.arn) === undefined) {
    throw notFound(`PermissionSet ${set.arn} is not provisioned in account ${TargetId}.`);
  }
  return [TargetId];
}

function hasStatus(
  state: IdentityCenterState,
  { set, accountId }: { set: PermissionSet; accountId: string },
  status: z.infer<typeof ProvisioningStatus>,
): boolean {
  if (status === undefined) return true;
  const isLatest = state.roles.revision(accountId, set.arn) === set.revision;
  return isLatest === (status === "LATEST_PERMISSION_SET_PROVISIONED");
}
