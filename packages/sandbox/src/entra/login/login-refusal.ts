/** A sign-in that the token endpoint refuses. */
export class LoginRefusal extends Error {
  readonly status: number;
  /** OAuth error such as `invalid_client`. */
  readonly error: string;
  /** Number of the AADSTS code. */
  readonly code: number;

  constructor(
    code: number,
    message: string,
    { status, error }: { readonly status: number; readonly error: string },
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.error = error;
  }
}

export function invalidClient(code: number, message: string): LoginRefusal {
  return new LoginRefusal(code, message, { status: 401, error: "invalid_client" });
}

export function invalidRequest(code: number, message: string): LoginRefusal {
  return new LoginRefusal(code, message, { status: 400, error: "invalid_request" });
}
