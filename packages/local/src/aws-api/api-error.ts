/** A service's refusal of a request: the SDK makes its error class from `name`. */
export class ApiError extends Error {
  override readonly name: string;
  /** HTTP status. */
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** A feature of the service that this one lacks; the wire layer adds the coverage page. */
export class NotImitated extends ApiError {
  constructor(what: string, name = "ValidationException") {
    super(name, `${what} is not imitated here`);
  }
}

/** Any other failure is one of the service itself, and is shown as such. */
export function asApiError(thrown: unknown, coveragePage: string): ApiError {
  if (thrown instanceof NotImitated) {
    return new ApiError(thrown.name, `${thrown.message}; see ${coveragePage}.`, thrown.status);
  }
  if (thrown instanceof ApiError) return thrown;
  return new ApiError("InternalFailure", thrown instanceof Error ? thrown.message : String(thrown), 500);
}
