/** How a service refuses a request: `name` is what the SDK makes its error class of. */
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

/** Something that the service has and this one has not; the wire adds the page that says what there is. */
export class NotImitated extends ApiError {
  constructor(what: string, name = "ValidationException") {
    super(name, `${what} is not imitated here`);
  }
}

/** What is no refusal is a failure of the service itself, and is shown as one. */
export function asApiError(thrown: unknown, coveragePage: string): ApiError {
  if (thrown instanceof NotImitated) {
    return new ApiError(thrown.name, `${thrown.message}; see ${coveragePage}.`, thrown.status);
  }
  if (thrown instanceof ApiError) return thrown;
  return new ApiError("InternalFailure", thrown instanceof Error ? thrown.message : String(thrown), 500);
}
