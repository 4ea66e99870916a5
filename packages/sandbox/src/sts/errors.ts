/** An error of the query protocol: its code is the error's name. */
export class StsError extends Error {
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.name = code;
  }
}

export function validation(message: string): StsError {
  return new StsError(400, "ValidationError", message);
}

export function invalidAction(message: string): StsError {
  return new StsError(400, "InvalidAction", message);
}

export function federationDisabled(): StsError {
  return new StsError(
    403,
    "OutboundWebIdentityFederationDisabledException",
    "Outbound web identity federation is not enabled for this account.",
  );
}
