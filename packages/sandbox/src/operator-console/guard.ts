import { createMiddleware } from "hono/factory";
import { ConsoleRefusal } from "./console-refusal.ts";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Blocks other sites' web pages: a name that resolves to this machine (DNS rebinding), and requests that another site makes a
 * browser send. Hono's `csrf` would also refuse clients that are not browsers and send no origin.
 * @throws {ConsoleRefusal}
 */
export const guard = createMiddleware(async (c, next) => {
  const { hostname, origin } = new URL(c.req.url);
  if (!LOOPBACK_NAMES.includes(hostname)) {
    throw new ConsoleRefusal(403, `The operator console does not answer to the name ${hostname}.`, {
      remedy: "Open it as http://127.0.0.1, with the port that the sandbox printed.",
    });
  }
  if (!SAFE_METHODS.includes(c.req.method) && isForeign(c.req.raw.headers, origin)) {
    throw new ConsoleRefusal(403, "Another web page sent this request.", {
      remedy: "Do the step on the console's own page.",
    });
  }
  await next();
});

function isForeign(headers: Headers, ownOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  return origin !== null && origin !== ownOrigin;
}
