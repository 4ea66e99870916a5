import { AwsError } from "../aws-json/aws-error.ts";

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

type ResourceType = "GROUP" | "USER" | "GROUP_MEMBERSHIP" | "IDENTITY_STORE";

export function accessDenied(accountId: string): AwsError {
  const message = `Account ${accountId} is neither the management account nor the delegated administrator.`;
  return new AwsError("AccessDeniedException", message);
}

export function notFound(type: ResourceType, id?: string): AwsError {
  return new AwsError("ResourceNotFoundException", `${type} not found.`, {
    members: { ResourceType: type, ...(id !== undefined && { ResourceId: id }) },
  });
}

export function throttled(): AwsError {
  return new AwsError("ThrottlingException", "Rate exceeded", { members: { RetryAfterSeconds: 1 } });
}
