import type { z } from "zod";
import { type Call, makeDefineOperation, type Operation } from "../aws-json/operation.ts";
import { type Page, type PageRequest, paginate } from "../aws-json/pages.ts";
import { callerAccountId, isAdministrator } from "../organizations/caller.ts";
import { accessDenied, notFound, validation } from "./errors.ts";
import type { PermissionSet } from "./permission-set.ts";
import type { IdentityCenterState } from "./state.ts";

/** For operations that any account of the organization may call. */
export const defineFree = makeDefineOperation(validation, "identity-center");

export type DefineInstanceOperation = <Input extends { readonly InstanceArn?: string | undefined }>(
  input: z.ZodType<Input>,
  handle: (input: Input, call: Call) => unknown,
) => Operation;

/**
 * Declares operations on the instance: for its administrators only, and they see every asynchronous operation ended
 * that is due.
 */
export function makeDefine(state: IdentityCenterState): DefineInstanceOperation {
  return (input, handle) =>
    defineFree(input, (parsed, call) => {
      const caller = callerAccountId(state.organization, call.accessKeyId);
      if (!isAdministrator(state.organization, caller)) {
        throw accessDenied(
          `Account ${caller} is neither the management account nor the delegated administrator.`,
        );
      }
      if (parsed.InstanceArn !== undefined && parsed.InstanceArn !== state.instanceArn) {
        throw accessDenied(`You do not have access to the instance ${parsed.InstanceArn}.`);
      }
      state.operations.settle();
      return handle(parsed, call);
    });
}

/** @throws {AwsError} ResourceNotFoundException */
export function findPermissionSet(state: IdentityCenterState, arn: string): PermissionSet {
  const set = state.permissionSets.get(arn);
  if (set === undefined) throw notFound(`PermissionSet with id ${arn} not found.`);
  return set;
}

/**
 * A permission set to be changed or assigned. If it is provisioned in the management account, only that account may change it
 * (user guide, "Delegated administration"), and no other may assign it anywhere (terraform-aws-sso-elevator, issues 83 and
 * 101).
 * @throws {AwsError} ResourceNotFoundException, AccessDeniedException
 */
export function findForChange(state: IdentityCenterState, arn: string, call: Call): PermissionSet {
  const set = findPermissionSet(state, arn);
  const { managementAccountId } = state.organization;
  if (isFromManagementAccount(state, call)) return set;
  if (state.roles.revision(managementAccountId, arn) !== undefined) {
    throw accessDenied(
      `PermissionSet ${arn} is provisioned in the management account, which alone may use it.`,
    );
  }
  return set;
}

export function isFromManagementAccount(state: IdentityCenterState, call: Call): boolean {
  return callerAccountId(state.organization, call.accessKeyId) === state.organization.managementAccountId;
}

/** @throws {AwsError} ResourceNotFoundException */
export function checkAccount(state: IdentityCenterState, accountId: string): void {
  if (!state.organization.accounts.has(accountId)) throw notFound(`AWS account ${accountId} not found.`);
}

function refuseToken(): Error {
  return validation("The NextToken is invalid or has expired.");
}

/** @throws {AwsError} ValidationException for a token that was not issued here, or that has expired */
export function pageOf<Item>(all: readonly Item[], input: PageRequest, call: Call): Page<Item> {
  return paginate(all, input, { call, defaultSize: 100, refuseToken });
}
