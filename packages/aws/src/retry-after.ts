/**
 * The wait that the service asked for: header `Retry-After`, or member `RetryAfterSeconds` (Identity Store,
 * ThrottlingException).
 */
export function readRetryAfterSeconds(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { RetryAfterSeconds, $response } = error as {
    RetryAfterSeconds?: unknown;
    $response?: { headers?: Record<string, string> };
  };
  const seconds = Number(RetryAfterSeconds ?? $response?.headers?.["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
