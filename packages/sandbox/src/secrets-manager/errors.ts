import { AwsError } from "../aws-json/aws-error.ts";

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function invalidRequest(message: string): AwsError {
  return new AwsError("InvalidRequestException", message);
}

export function secretNotFound(): AwsError {
  return new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

export function valueNotFound(what: string): AwsError {
  const message = `Secrets Manager can't find the specified secret value for ${what}.`;
  return new AwsError("ResourceNotFoundException", message);
}

export function exists(message: string): AwsError {
  return new AwsError("ResourceExistsException", message);
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

export function invalidNextToken(): AwsError {
  return new AwsError("InvalidNextTokenException", "The NextToken is invalid.");
}
