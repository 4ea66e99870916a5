import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlowError } from "../errors.ts";
import { parseScimEndpoint } from "./scim-endpoint.ts";

const expected = { region: "eu-central-1" };
const HOST = "scim.eu-central-1.amazonaws.com";
const PATH = "/3f6a1c2e7d9-4b8e-4d1f-a2c3-90d1e5f60718/scim/v2";
const ENDPOINT = `https://${HOST}${PATH}`;

describe("parseScimEndpoint", () => {
  it("accepts the endpoint on both hosts of the region", () => {
    expect(parseScimEndpoint(ENDPOINT, expected)).toBe(ENDPOINT);
    const dualStack = `https://scim.eu-central-1.api.aws${PATH}`;
    expect(parseScimEndpoint(dualStack, expected)).toBe(dualStack);
  });

  it("drops a trailing slash and the white space of a pasted line", () => {
    expect(parseScimEndpoint(`  ${ENDPOINT}/\n`, expected)).toBe(ENDPOINT);
  });

  it("names both regions when the endpoint is of another one", () => {
    const other = ENDPOINT.replace("eu-central-1", "us-east-1");
    expect(() => parseScimEndpoint(other, expected)).toThrow(
      expect.objectContaining({
        name: "ScimEndpointOfAnotherRegion",
        message: expect.stringContaining("of region us-east-1, the instance is in eu-central-1"),
      }),
    );
  });

  it.each([
    ["http", ENDPOINT.replace("https", "http"), /https/],
    ["another scheme", ENDPOINT.replace("https", "ftp"), /https/],
    ["a user", ENDPOINT.replace("//", "//user@"), /user/],
    ["a host in disguise of a user", `https://${HOST}@attacker.example${PATH}`, /user/],
    ["a port", ENDPOINT.replace(".com", ".com:8443"), /port/],
    ["the usual port", ENDPOINT.replace(".com", ".com:443"), /not in canonical form/],
    ["a query", `${ENDPOINT}?x=1`, /query/],
    ["an empty query", `${ENDPOINT}?`, /query/],
    ["a fragment", `${ENDPOINT}#x`, /fragment/],
    ["a fragment before the host ends", `https://attacker.example#${HOST}${PATH}`, /fragment/],
    [
      "a longer host",
      ENDPOINT.replace(".com", ".com.evil.tld"),
      /host is scim.eu-central-1.amazonaws.com.evil/,
    ],
    ["a host before it", ENDPOINT.replace("//", "//evil.tld."), /host is evil/],
    ["a host glued to it", ENDPOINT.replace("//scim", "//xscim"), /host is xscim/],
    ["a trailing dot", ENDPOINT.replace(".com", ".com."), /host is scim.eu-central-1.amazonaws.com\./],
    [
      "a look-alike letter",
      ENDPOINT.replace("amazonaws", "am\u0430zonaws"),
      /host is scim.eu-central-1.xn--/,
    ],
    ["a full-width letter", ENDPOINT.replace("scim.", "\uff53cim."), /not in canonical form/],
    ["an IPv6 address", ENDPOINT.replace(HOST, "[::1]"), /host is \[::1\]/],
    ["an IPv4 address", ENDPOINT.replace(HOST, "169.254.169.254"), /host is 169/],
    ["an escaped slash in the host", ENDPOINT.replace("//", "//evil.tld%2f"), /not a URL/],
    ["an escaped slash in the path", ENDPOINT.replace("/scim/v2", "%2fscim/v2"), /path/],
    ["a way up", ENDPOINT.replace("/scim/v2", "/x/../scim/v2"), /not in canonical form/],
    ["a backslash", ENDPOINT.replace("/scim/v2", "\\scim/v2"), /not in canonical form/],
    ["a line break within", ENDPOINT.replace("/scim/v2", "/sc\nim/v2"), /not in canonical form/],
    ["capitals", ENDPOINT.replace("scim.eu", "SCIM.eu"), /not in canonical form/],
    ["no tenant", `https://${HOST}/scim/v2`, /path/],
    ["an empty tenant", `https://${HOST}//scim/v2`, /path/],
    ["more path", `${ENDPOINT}/Users`, /path/],
    ["two trailing slashes", `${ENDPOINT}//`, /path/],
    ["no scheme", `${HOST}${PATH}`, /not a URL/],
    ["nothing", "", /not a URL/],
  ])("refuses %s", (_what, url, message) => {
    expect(() => parseScimEndpoint(url, expected)).toThrow(
      expect.objectContaining({ name: "ScimEndpointRefused" }),
    );
    expect(() => parseScimEndpoint(url, expected)).toThrow(message);
  });

  it("does not repeat a token that was pasted instead", () => {
    const token = "canary-0123456789abcdef";
    for (const url of [
      token,
      `https://${token}@${HOST}${PATH}`,
      `${ENDPOINT}?token=${token}`,
      `${ENDPOINT}/${token}`,
    ]) {
      expect(() => parseScimEndpoint(url, expected)).not.toThrow(new RegExp(token));
    }
  });

  it("returns what it was given on an allowed host, or refuses, whatever it is given", () => {
    const piece = fc.constantFrom(
      "https://",
      HOST,
      PATH,
      "@",
      ":",
      "/",
      "\\",
      "#",
      "?",
      "%2f",
      ".",
      "[::1]",
      " ",
      "\t",
    );
    const url = fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 6 });
    fc.assert(
      fc.property(url, (pieces) => {
        try {
          const endpoint = parseScimEndpoint(pieces.join(""), expected);
          expect(new URL(endpoint).href).toBe(endpoint);
          expect(new URL(endpoint).host).toBe(HOST);
        } catch (error) {
          expect(
            isFlowError(error, "ScimEndpointRefused", "ScimEndpointOfAnotherRegion"),
            String(error),
          ).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
