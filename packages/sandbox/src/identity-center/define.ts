import type { z } from "zod";
import { makeDefineOperation, type Operation } from "../aws-json/operation.ts";
import { type Page, type PageRequest, paginate } from "../aws-json/pages.ts";
import { accessDenied, notFound, validation } from "./errors.ts";
import type { PermissionSet } from "./permission-set.ts";
import type { IdentityCenterState } from "./state.ts";

export const defineFree = makeDefineOperation(validation);

export type DefineInstanceOperation = <Input extends { readonly InstanceArn: string }>(
  input: z.ZodType<Input>,
  handle: (input: Input) => unknown,
) => Operation;

/** Declares operations on the instance: they see every asynchronous operation ended that is due. */
export function makeDefine(state: IdentityCenterState): DefineInstanceOperation {
  return (input, handle) =>
    defineFree(input, (parsed) => {
      if (parsed.InstanceArn !== state.instanceArn) {
        throw accessDenied(`You do not have access to the instance ${parsed.InstanceArn}.`);
      }
      state.operations.settle();
      return handle(parsed);
    });
}

/** @throws {AwsError} ResourceNotFoundException */
export function findPermissionSet(state: IdentityCenterState, arn: string): PermissionSet {
  const set = state.permissionSets.get(arn);
  if (set === undefined) throw notFound(`PermissionSet with id ${arn} not found.`);
  return set;
}

/** @throws {AwsError} ResourceNotFoundException */
export function checkAccount(state: IdentityCenterState, accountId: string): void {
  if (!state.organization.accounts.has(accountId)) throw notFound(`AWS account ${accountId} not found.`);
}

/** @throws {AwsError} ValidationException for a token that was not handed out */
export function pageOf<Item>(all: readonly Item[], input: PageRequest): Page<Item> {
  return paginate(all, { ...input, defaultSize: 100 }, () => validation("The NextToken is invalid."));
}
