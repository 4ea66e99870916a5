import { describe, expect, it } from "vitest";
import { signRequest } from "./sign-request.ts";

/** AWS's Signature Version 4 test suite. */
const SUITE = {
  service: "service",
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  now: Date.parse("2015-08-30T12:36:00Z"),
};

function signatureOf(method: string, path: string): string | undefined {
  const request = { method, url: `https://example.amazonaws.com${path}`, headers: {}, body: "" };
  return /Signature=(\w+)$/.exec(signRequest(request, SUITE)["authorization"] ?? "")?.[1];
}

describe("signRequest", () => {
  it("signs as AWS's test suite says", () => {
    expect(signatureOf("GET", "/")).toBe("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    expect(signatureOf("POST", "/")).toBe("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
  });

  it("signs the session token that a function's role comes with", () => {
    const credentials = { ...SUITE.credentials, sessionToken: "token" };
    const request = {
      method: "POST",
      url: "https://lambda.eu-west-1.amazonaws.com/a",
      headers: {},
      body: "{}",
    };
    const headers = signRequest(request, { ...SUITE, credentials });
    expect(headers["x-amz-security-token"]).toBe("token");
    expect(headers["authorization"]).toContain("SignedHeaders=host;x-amz-date;x-amz-security-token");
  });
});
