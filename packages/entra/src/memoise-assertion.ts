import { readClaims } from "./access-token.ts";

/** Time enough to use an assertion before it expires. */
const MARGIN_SECONDS = 30;

/**
 * Asks for a new assertion only when the last one is about to expire. The Azure library asks twice for every
 * access token, even for one from its cache. Time is the wall clock, as `exp` is.
 */
export function memoiseAssertion(getAssertion: () => Promise<string>): () => Promise<string> {
  let assertion = "";
  let staleAt = 0;
  let renewal: Promise<string> | null = null;

  async function renew(): Promise<string> {
    try {
      assertion = await getAssertion();
      const { exp } = readClaims(assertion);
      staleAt = typeof exp === "number" ? (exp - MARGIN_SECONDS) * 1000 : 0;
      return assertion;
    } finally {
      renewal = null;
    }
  }

  return async () => (Date.now() < staleAt ? assertion : (renewal ??= renew()));
}
