import { FlowError } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { makeClientSecretCredential, makeFederatedCredential } from "./credentials.ts";
import { makeEntra } from "./entra.ts";
import {
  CLIENT_ID,
  fakeClock,
  fakeFetch,
  makeJwt,
  type SentRequest,
  TENANT_ID,
} from "../test-support/fake-graph.ts";

const TOKEN = `POST https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0/token`;
const SECONDS = 3599;
const registration = { tenantId: TENANT_ID, clientId: CLIENT_ID };

function form(request: SentRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(String(request?.body)));
}

/** The token endpoint on a clock that passes by sleeping. */
function world(answer?: Response | (() => object)) {
  const clock = fakeClock();
  const exp = () => Math.floor(clock.now() / 1000) + SECONDS;
  const issued = () => ({
    token_type: "Bearer",
    expires_in: SECONDS,
    access_token: makeJwt({ exp: exp(), roles: ["A"] }),
  });
  const { fetch, requests } = fakeFetch({ [TOKEN]: answer ?? issued });
  const options = { ...registration, fetch, clock };
  return { clock, requests, options };
}

function refused(status: number, error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status });
}

describe("signing in with a client secret", () => {
  it("asks the tenant's own token endpoint, once for many calls, through the given fetch", async () => {
    const { requests, options } = world();
    const credential = makeClientSecretCredential({ ...options, getSecret: () => Promise.resolve("canary") });
    const tokens = await Promise.all([credential.getToken(), credential.getToken()]);
    expect(new Set([...tokens, await credential.getToken()]).size).toBe(1);
    expect(requests.map(({ what }) => what)).toEqual([TOKEN]);
    expect(form(requests[0])).toEqual({
      client_id: CLIENT_ID,
      client_secret: "canary",
      grant_type: "client_credentials",
      scope: "https://graph.microsoft.com/.default",
    });
  });

  it("asks for a new token minutes before the last one expires", async () => {
    const { clock, requests, options } = world();
    const credential = makeClientSecretCredential({ ...options, getSecret: () => Promise.resolve("canary") });
    await credential.getToken();
    await clock.sleep((SECONDS - 301) * 1000);
    await credential.getToken();
    expect(requests).toHaveLength(1);
    await clock.sleep(2000);
    await credential.getToken();
    expect(requests).toHaveLength(2);
  });

  it("asks for the secret again when it could not be read, and when the token is renewed", async () => {
    const { clock, requests, options } = world();
    const secrets = [Promise.reject(new Error("throttled")), Promise.resolve("old"), Promise.resolve("new")];
    const getSecret = () => secrets.shift() ?? Promise.reject(new Error("asked too often"));
    const credential = makeClientSecretCredential({ ...options, getSecret });
    await expect(credential.getToken()).rejects.toThrow("throttled");
    await credential.getToken();
    await clock.sleep(SECONDS * 1000);
    await credential.getToken();
    expect(requests.map((request) => form(request)["client_secret"])).toEqual(["old", "new"]);
  });

  it("says what to check when the secret is refused, without it", async () => {
    const answer = refused(
      401,
      "invalid_client",
      "AADSTS7000215: Invalid client secret provided. Trace ID: 1",
    );
    const { options } = world(answer);
    const credential = makeClientSecretCredential({ ...options, getSecret: () => Promise.resolve("canary") });
    const entra = makeEntra({ ...options, credential, region: "eu-central-1" });
    const error = await entra.provisioning.list("sp-1").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "ConsentMissing",
      message: expect.stringContaining("AADSTS7000215"),
    });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("canary");
  });
});

describe("signing in with a federated credential", () => {
  it("presents a new assertion for each token", async () => {
    const { clock, requests, options } = world();
    let asked = 0;
    const getAssertion = async () => `assertion ${(asked += 1)}`;
    const credential = makeFederatedCredential({ ...options, getAssertion });
    await Promise.all([credential.getToken(), credential.getToken()]);
    await clock.sleep(SECONDS * 1000);
    await credential.getToken();
    expect(requests.map((request) => form(request))).toMatchObject([
      { client_assertion: "assertion 1" },
      { client_assertion: "assertion 2" },
    ]);
    expect(form(requests[0])["client_assertion_type"]).toBe(
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    );
  });

  it("keeps the name of AWS's refusal and asks again the next time", async () => {
    const answers = [
      () => Promise.reject(new FlowError("AccessDenied", "sts:GetWebIdentityToken")),
      () => Promise.resolve("assertion"),
    ];
    const getAssertion = () => (answers.shift() ?? (() => Promise.reject(new Error("asked too often"))))();
    const credential = makeFederatedCredential({ ...world().options, getAssertion });
    await expect(credential.getToken()).rejects.toMatchObject({ name: "AccessDenied" });
    expect(await credential.getToken()).toBeTruthy();
  });
});

describe("a refused sign-in", () => {
  it.each([
    [400, "AADSTS70021: No matching federated identity record found", "NotPropagatedYet"],
    [401, "AADSTS7000215: Invalid client secret provided. Trace ID: 1", "ConsentMissing"],
    [400, "AADSTS700016: Application was not found in the directory", "ConsentMissing"],
    [400, "AADSTS90033: A transient error", "ServiceUnavailable"],
    [429, "AADSTS90055: Too many requests", "Throttled"],
    [503, "", "ServiceUnavailable"],
  ])("%i %s is %s", async (status, description, name) => {
    const { options } = world(refused(status, "invalid_request", description));
    const credential = makeClientSecretCredential({ ...options, getSecret: () => Promise.resolve("canary") });
    await expect(credential.getToken()).rejects.toMatchObject({ name });
  });

  it.each([
    ["a page of HTML", () => new Response("<html>")],
    ["no answer", () => Promise.reject(new TypeError("fetch failed"))],
    ["a success without a token", () => Response.json({})],
  ])("%s is an unavailable service", async (_what, answer) => {
    const credential = makeClientSecretCredential({
      ...world().options,
      getSecret: () => Promise.resolve("canary"),
      fetch: async () => answer(),
    });
    await expect(credential.getToken()).rejects.toMatchObject({ name: "ServiceUnavailable" });
  });
});
