import { type CloudTrailDetail, changeOf, textAt } from "./cloud-trail-event.ts";
import { ALL, accountOrAll, type Reading } from "./hint.ts";

/** Writes of sso-admin that change who may do what, but for the two of assignments (Identity Center API reference). */
export const PERMISSION_SET_WRITES = [
  "CreatePermissionSet",
  "UpdatePermissionSet",
  "DeletePermissionSet",
  "ProvisionPermissionSet",
  "AttachManagedPolicyToPermissionSet",
  "DetachManagedPolicyFromPermissionSet",
  "AttachCustomerManagedPolicyReferenceToPermissionSet",
  "DetachCustomerManagedPolicyReferenceFromPermissionSet",
  "PutInlinePolicyToPermissionSet",
  "DeleteInlinePolicyFromPermissionSet",
  "PutPermissionsBoundaryToPermissionSet",
  "DeletePermissionsBoundaryFromPermissionSet",
] as const;

/** A call of sso-admin or of its console. Null for an unknown one. */
export function readIdentityCenterCall(detail: CloudTrailDetail): Reading | null {
  const { eventName, requestParameters } = detail;
  if (eventName === "CreateAccountAssignment" || eventName === "DeleteAccountAssignment") {
    const accountId = textAt(requestParameters, "targetId");
    return { ...accountOrAll(accountId), change: changeOf(detail, accountId) };
  }
  const isKnown = (PERMISSION_SET_WRITES as readonly string[]).includes(eventName);
  return isKnown ? { ...ALL, change: changeOf(detail) } : null;
}
