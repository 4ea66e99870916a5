import type { InstanceAssignment } from "../model/instance.ts";

/** Parsed from both ends: an ARN has slashes; an account id, a type and an identity store id do not. */
const KEY = /^([^/]+)\/(arn:.+)\/(GROUP|USER)\/([^/]+)$/;

/**
 * Id of the ledger record of an assignment: `123456789012/<ARN of the permission set>/GROUP/<identity store id>`. It
 * uses the ARN, since a set that is deleted and created again under the same name is another one, and the identity
 * store id, since an assignment shows nothing else of a deleted group or user.
 */
export function ledgerKey({
  accountId,
  permissionSetArn,
  principalType,
  principalId,
}: InstanceAssignment): string {
  return `${accountId}/${permissionSetArn}/${principalType}/${principalId}`;
}

/** @returns null for any other text, such as a key of the earlier format ({@link EarlierEntry}) */
export function parseLedgerKey(key: string): InstanceAssignment | null {
  const [, accountId, permissionSetArn, principalType, principalId] = KEY.exec(key) ?? [];
  if (!accountId || !permissionSetArn || !principalType || !principalId) return null;
  return {
    accountId,
    permissionSetArn,
    principalType: principalType === "USER" ? "USER" : "GROUP",
    principalId,
  };
}
