import * as z from "zod";

type Fetch = typeof globalThis.fetch;

/**
 * Host names that another address answers instead of the real service: `{ "graph.microsoft.com":
 * "http://127.0.0.1:4010/graph" }`.
 */
export const Routes = z.record(
  z.string(),
  z.url({
    protocol: /^http$/,
    hostname: /^(127\.0\.0\.1|localhost)$/,
    error: "a route must lead to this machine",
  }),
);
export type Routes = z.infer<typeof Routes>;

/**
 * `fetch` that resolves some host names on this machine, as AWS_ENDPOINT_URL_… does for the AWS SDK. URLs, allow-lists
 * and credentials checks stay those of the real services; only the last hop differs. Routes off this machine are refused.
 */
export function makeNetwork(routes: Routes): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const base = routes[url.host];
    if (base === undefined) return fetch(request);
    return fetch(new Request(`${base}${url.pathname}${url.search}`, request));
  };
}
