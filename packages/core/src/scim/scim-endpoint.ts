import { FlowError } from "../errors.ts";

/** Host of IAM Identity Center in any region; a region has no dot. */
const HOST = /^scim\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)$/;
const PATH = /^\/[A-Za-z0-9-]+\/scim\/v2$/;

/**
 * Checks a SCIM endpoint before a token is ever sent to it: https on exactly the host of IAM Identity Center in the
 * region of the instance, path `/<tenant>/scim/v2`, nothing else.
 * @returns the endpoint without a trailing slash
 * @throws {FlowError} ScimEndpointOfAnotherRegion; ScimEndpointRefused, saying what is wrong. Of the value only a host is repeated: people paste
 * tokens into the wrong field.
 */
export function parseScimEndpoint(url: string, expected: { readonly region: string }): string {
  const written = url.trim().replace(/\/$/, "");
  const endpoint = URL.parse(written);
  if (endpoint === null) throw refusal("it is not a URL", expected.region);
  const fault = findFault(endpoint, written);
  if (fault !== undefined) throw refusal(fault, expected.region);
  const [, region = ""] = HOST.exec(endpoint.hostname) ?? [];
  if (region !== expected.region) {
    throw new FlowError(
      "ScimEndpointOfAnotherRegion",
      `SCIM endpoint refused: it is of region ${region}, the instance is in ${expected.region}`,
    );
  }
  return written;
}

function findFault(endpoint: URL, written: string): string | undefined {
  if (endpoint.protocol !== "https:") return "it must begin with https://";
  if (endpoint.username !== "" || endpoint.password !== "") return "it names a user before the host";
  if (endpoint.port !== "") return "it names a port";
  if (written.includes("?")) return "it has a query";
  if (written.includes("#")) return "it has a fragment";
  if (!HOST.test(endpoint.hostname)) return `its host is ${endpoint.hostname.slice(0, 120)}`;
  if (!PATH.test(endpoint.pathname)) return "its path is not /<tenant>/scim/v2";
  // A parser repairs a lot (`:443`, backslashes, escapes, capitals): what is stored must be what was checked.
  if (written !== `https://${endpoint.hostname}${endpoint.pathname}`) return "it is not in canonical form";
  return undefined;
}

function refusal(fault: string, region: string): FlowError<"ScimEndpointRefused"> {
  const wanted = `https://scim.${region}.amazonaws.com/<tenant>/scim/v2`;
  return new FlowError("ScimEndpointRefused", `SCIM endpoint refused: ${fault}; expected ${wanted}`);
}
