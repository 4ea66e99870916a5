/** An error of the SCIM endpoint: the exception that the AWS SCIM developer guide names, and why. */
export class ScimError extends Error {
  readonly status: number;

  constructor(status: number, exception: string, reason: string) {
    super(reason);
    this.status = status;
    this.name = exception;
  }
}

export function validation(reason: string): ScimError {
  return new ScimError(400, "ValidationException", reason);
}

export function unauthorized(reason: string): ScimError {
  return new ScimError(401, "UnauthorizedException", reason);
}

export function notFound(reason: string): ScimError {
  return new ScimError(404, "ResourceNotFoundException", reason);
}

export function conflict(reason: string): ScimError {
  return new ScimError(409, "ConflictException", reason);
}

export function throttled(): ScimError {
  return new ScimError(429, "ThrottlingException", "Rate exceeded");
}

/**
 * AWS gives these texts whatever the reason (public issue threads, idp-scim-sync 45 and 98); others are not
 * known.
 */
const DETAILS: Readonly<Record<number, string>> = {
  400: "Request is unparsable, syntactically incorrect, or violates schema.",
  409: "Refused to create a new, duplicate resource.",
};

const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

/** AWS's answer. The reason, which AWS does not reveal, is in the header `x-sandbox-reason`. */
export function errorResponse(
  error: ScimError,
  { requestId, now }: { requestId: string; now: number },
): Response {
  const body = {
    schema: [ERROR_SCHEMA],
    schemas: [ERROR_SCHEMA],
    detail: DETAILS[error.status] ?? error.name,
    status: String(error.status),
    exceptionRequestId: requestId,
    timeStamp: new Date(now).toISOString().replace("T", " ").replace("Z", ""),
  };
  return new Response(JSON.stringify(body), {
    status: error.status,
    headers: {
      "content-type": "application/json",
      "x-sandbox-reason": error.message.replaceAll(/[^ -~]/g, "?"),
    },
  });
}
