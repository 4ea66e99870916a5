/** The whole connection fails: a refused token, or an endpoint that does not answer. Ends a cycle in quarantine. */
export class ScimConnectionError extends Error {
  /** As "Test connection" shows it. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One object is refused; the cycle goes on with the others. */
export class ScimRefusal extends Error {
  readonly status: number;
  /** As the provisioning log shows it. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The object is there, a member that it refers to is refused. */
export class ReferenceRefusal extends ScimRefusal {}

export const CREDENTIALS_REFUSED = "SystemForCrossDomainIdentityManagementCredentialValidationFailure";
export const ENDPOINT_UNAVAILABLE = "CredentialValidationUnavailable";
export const OBJECT_REFUSED = "SystemForCrossDomainIdentityManagementServiceIncompatible";
export const DUPLICATE_TARGET = "DuplicateTargetEntries";
