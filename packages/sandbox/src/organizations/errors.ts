import { AwsError } from "../aws-json/aws-error.ts";

type InvalidReason = "INVALID_PATTERN" | "INVALID_NEXT_TOKEN";

export function invalidInput(message: string, reason: InvalidReason = "INVALID_PATTERN"): AwsError {
  return new AwsError("InvalidInputException", message, { members: { Reason: reason } });
}

export function parentNotFound(id: string): AwsError {
  return new AwsError("ParentNotFoundException", `There is no root or organizational unit ${id}.`);
}

export function childNotFound(id: string): AwsError {
  return new AwsError("ChildNotFoundException", `There is no organizational unit or account ${id}.`);
}

export function unitNotFound(id: string): AwsError {
  return new AwsError("OrganizationalUnitNotFoundException", `There is no organizational unit ${id}.`);
}

export function accountNotFound(id: string): AwsError {
  return new AwsError("AccountNotFoundException", `There is no account ${id} in the organization.`);
}

export function accessDenied(accountId: string): AwsError {
  const message = `Account ${accountId} is neither the management account nor a delegated administrator.`;
  return new AwsError("AccessDeniedException", message);
}

export function targetNotFound(id: string): AwsError {
  return new AwsError("TargetNotFoundException", `There is no root, organizational unit or account ${id}.`);
}

export function tooManyRequests(
  operation: string,
  Type: "AccountRateLimit" | "OrganizationRateLimit",
): AwsError {
  return new AwsError("TooManyRequestsException", `The rate of ${operation} is exceeded.`, {
    members: { Type },
  });
}
