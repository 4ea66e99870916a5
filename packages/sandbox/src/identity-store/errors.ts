import { AwsError } from "../aws-json/aws-error.ts";

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function notFound(type: "GROUP" | "USER" | "IDENTITY_STORE", id?: string): AwsError {
  return new AwsError("ResourceNotFoundException", `${type} not found.`, {
    members: { ResourceType: type, ...(id !== undefined && { ResourceId: id }) },
  });
}

export function throttled(): AwsError {
  return new AwsError("ThrottlingException", "Rate exceeded", { members: { RetryAfterSeconds: 1 } });
}
