/** The whole connection fails: a refused token, or an endpoint that does not answer. Ends a cycle in quarantine. */
export class ScimConnectionError extends Error {
  /** As "Test connection" shows it. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One object is refused; the cycle continues with the others. */
export class ScimRefusal extends Error {
  /** Null when there was no answer. */
  readonly status: number | null;
  /** As the provisioning log shows it. */
  readonly code: string;

  constructor(status: number | null, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The object exists; a member that it refers to is refused. */
export class ReferenceRefusal extends ScimRefusal {}

/** The endpoint answered at the beginning of a cycle and no longer does; the next cycle continues. */
export class ScimOutage extends Error {}

export const CREDENTIALS_REFUSED = "SystemForCrossDomainIdentityManagementCredentialValidationFailure";
export const ENDPOINT_UNAVAILABLE = "CredentialValidationUnavailable";
export const OBJECT_REFUSED = "SystemForCrossDomainIdentityManagementServiceIncompatible";
export const DUPLICATE_TARGET = "DuplicateTargetEntries";

/** Codes of temporary failures, which a later cycle retries ("Analyze provisioning logs", error codes). */
export const TOO_MANY_REQUESTS = "TooManyRequests";
export const SERVER_ERROR = "InternalServerError";
export const CONNECTION_LOST = "WebExceptionProtocolError";
