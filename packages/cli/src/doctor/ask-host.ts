const PATIENCE_MILLISECONDS = 10_000;

/** Without a credential: a refusal is an answer too, and all three hosts refuse in this form. */
const NOBODY = { authorization: "Bearer nobody" };

/**
 * Sends an anonymous request; any answer shows that the host is reachable. The `Date` header is its clock, to the second.
 * @throws {Error} the reason why there is no answer
 */
export async function askHost(fetch: typeof globalThis.fetch, url: string): Promise<number | null> {
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const response = await fetch(url, { signal, headers: NOBODY }).catch((error: unknown) => {
    throw reasonOf(error);
  });
  await response.body?.cancel();
  const at = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(at) ? null : at;
}

/** fetch hides why behind "fetch failed". */
function reasonOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : error;
}
