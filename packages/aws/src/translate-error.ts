import { type ErrorName, FlowError } from "@landbridge/core";
import { readRetryAfterSeconds } from "./retry-after.ts";

/** A call to AWS, named as IAM names the permission for it: `sso` and `ListInstances`. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
}

const THROTTLED = new Set([
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "ProvisionedThroughputExceededException",
  "KmsThrottlingException",
  "SlowDown",
]);

const UNAVAILABLE = new Set([
  "InternalServerException",
  "InternalServerError",
  "InternalServiceError",
  "TimeoutError",
  "RequestTimeout",
  "RequestTimeoutException",
]);

/** Node's codes for a connection that failed or broke. */
const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

interface ServiceError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Translates a failed call for a flow; returns an unknown error unchanged. */
export function translateError(error: unknown, call: AwsCall): unknown {
  if (!(error instanceof Error) || error instanceof FlowError) return error;
  const name = flowErrorName(error, call);
  if (name === null) return error;
  const retryAfterSeconds = readRetryAfterSeconds(error);
  return new FlowError(name, explain(name, error, call), {
    cause: error,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

/** Whether it is that error of AWS, translated or not. */
export function isAwsError(error: unknown, ...names: string[]): boolean {
  if (error instanceof FlowError) return isAwsError(error.cause, ...names);
  return error instanceof Error && names.includes(error.name);
}

/** Whether AWS itself refused an attempt because of its rate. */
export function isThrottle(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return THROTTLED.has(error.name) || (error as ServiceError).$metadata?.httpStatusCode === 429;
}

function flowErrorName(error: ServiceError, { service, operation }: AwsCall): ErrorName | null {
  const { name } = error;
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (isThrottle(error)) return "Throttled";
  if (UNAVAILABLE.has(name) || status >= 500 || NO_CONNECTION.has(String(error.code))) {
    return "ServiceUnavailable";
  }
  if (name.startsWith("AccessDenied") || name === "KmsAccessDeniedException") return "AccessDenied";
  if (name === "ConflictException") return "ConflictingOperation";
  if (name === "ServiceQuotaExceededException") return "QuotaExceeded";
  if (name === "ResourceNotFoundException" && service === "sso") {
    // A set that vanishes while it is read; a principal or set that a write does not see yet, fresh from SCIM or CreatePermissionSet.
    return /^(List|Describe|Get)/.test(operation) ? "IncompleteRead" : "NotPropagatedYet";
  }
  return null;
}

function explain(name: ErrorName, error: ServiceError, { service, operation }: AwsCall): string {
  const action = `${service}:${operation}`;
  const requestId = error.$metadata?.requestId;
  const said = `${error.name}: ${error.message}${requestId === undefined ? "" : ` (request ${requestId})`}`;
  if (error.$metadata?.httpStatusCode === undefined) return `No answer to ${action}: ${said}`;
  if (name === "AccessDenied") return `${action} is not allowed. AWS says ${said}`;
  return `AWS refused ${action}: ${said}`;
}
