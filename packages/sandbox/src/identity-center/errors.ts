import { AwsError } from "../aws-json/aws-error.ts";

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

export function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message);
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}

export function quotaExceeded(message: string): AwsError {
  return new AwsError("ServiceQuotaExceededException", message);
}

export function throttled(message: string): AwsError {
  return new AwsError("ThrottlingException", message);
}

export function accessDenied(message: string): AwsError {
  return new AwsError("AccessDeniedException", message);
}
