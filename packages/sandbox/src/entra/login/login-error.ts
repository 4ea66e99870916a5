import { type EntraState, isoNow } from "../state.ts";

interface LoginError {
  readonly status: number;
  /** OAuth error such as `invalid_client`. */
  readonly error: string;
  /** Number of the AADSTS code. */
  readonly code: number;
  readonly message: string;
}

/** The token endpoint's error body (Microsoft identity platform, "OAuth 2.0 client credentials flow"). */
export function loginErrorResponse(
  state: EntraState,
  { status, error, code, message }: LoginError,
): Response {
  const traceId = state.kernel.random.uuid();
  const correlationId = state.kernel.random.uuid();
  const timestamp = `${isoNow(state).slice(0, 19).replace("T", " ")}Z`;
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  const body = {
    error,
    error_description: `AADSTS${code}: ${message} ${ids}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  };
  return Response.json(body, { status });
}
