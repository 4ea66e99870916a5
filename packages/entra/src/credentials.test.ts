import { FlowError } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { makeClientSecretCredential, makeFederatedCredential } from "./credentials.ts";
import { makeEntra } from "./entra.ts";
import { CLIENT_ID, fakeClock, fakeFetch, makeJwt, type SentRequest, TENANT_ID } from "./fake-graph.ts";

const TOKEN = `POST https://login.microsoftonline.com/${TENANT_ID}/oauth2/v2.0/token`;
const SCOPE = "https://graph.microsoft.com/.default";
const issued = () => ({ token_type: "Bearer", expires_in: 3599, access_token: makeJwt({ roles: ["A"] }) });
const registration = { tenantId: TENANT_ID, clientId: CLIENT_ID };
const expiringIn = (seconds: number) => makeJwt({ exp: Math.floor(Date.now() / 1000) + seconds });

function form(request: SentRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(String(request?.body)));
}

describe("signing in with a client secret", () => {
  it("asks the tenant's own token endpoint, once for many calls, through the given fetch", async () => {
    const { fetch, requests } = fakeFetch({ [TOKEN]: issued });
    const credential = makeClientSecretCredential({ ...registration, clientSecret: "canary", fetch });
    const first = await credential.getToken(SCOPE);
    expect(await credential.getToken(SCOPE)).toEqual(first);
    expect(requests.map(({ what }) => what)).toEqual([TOKEN]);
    expect(form(requests[0])).toMatchObject({
      client_id: CLIENT_ID,
      client_secret: "canary",
      grant_type: "client_credentials",
      scope: SCOPE,
    });
  });

  it("says what to check when the secret is refused, without it", async () => {
    const refused = Response.json(
      { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret provided." },
      { status: 401 },
    );
    const { fetch } = fakeFetch({ [TOKEN]: refused });
    const credential = makeClientSecretCredential({ ...registration, clientSecret: "canary", fetch });
    const entra = makeEntra({ ...registration, credential, fetch, clock: fakeClock() });
    const error = await entra.provisioning.list("sp-1").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "ConsentMissing",
      message: expect.stringContaining("AADSTS7000215"),
    });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("canary");
  });
});

describe("signing in with a federated credential", () => {
  it("presents the assertion as client assertion", async () => {
    const assertion = expiringIn(300);
    const { fetch, requests } = fakeFetch({ [TOKEN]: issued });
    const credential = makeFederatedCredential({
      ...registration,
      getAssertion: async () => assertion,
      fetch,
    });
    await credential.getToken(SCOPE);
    expect(form(requests[0])).toMatchObject({
      client_assertion: assertion,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    });
  });

  it.each([
    ["once while the assertion is good", 300, 1],
    ["again when it is about to expire", 10, 2],
  ])("asks for an assertion %s", async (_what, seconds, least) => {
    let asked = 0;
    const getAssertion = async () => {
      asked += 1;
      return expiringIn(seconds);
    };
    const { fetch } = fakeFetch({ [TOKEN]: issued });
    const credential = makeFederatedCredential({ ...registration, getAssertion, fetch });
    await Promise.all([credential.getToken(SCOPE), credential.getToken(SCOPE)]);
    await credential.getToken(SCOPE);
    if (least === 1) expect(asked).toBe(1);
    else expect(asked).toBeGreaterThanOrEqual(least);
  });

  it("keeps the name of AWS's refusal and asks again the next time", async () => {
    const answers = [
      () => Promise.reject(new FlowError("AccessDenied", "sts:GetWebIdentityToken")),
      () => Promise.resolve(expiringIn(300)),
    ];
    const { fetch } = fakeFetch({ [TOKEN]: issued });
    const getAssertion = () => (answers.shift() ?? (() => Promise.reject(new Error("asked too often"))))();
    const credential = makeFederatedCredential({ ...registration, getAssertion, fetch });
    await expect(credential.getToken(SCOPE)).rejects.toMatchObject({ name: "AccessDenied" });
    expect((await credential.getToken(SCOPE))?.token).toBeTruthy();
  });

  it("is not visible yet when Entra has no matching record", async () => {
    const refused = Response.json(
      {
        error: "invalid_request",
        error_description: "AADSTS70021: No matching federated identity record found",
      },
      { status: 400 },
    );
    const { fetch } = fakeFetch({ [TOKEN]: refused });
    const credential = makeFederatedCredential({
      ...registration,
      getAssertion: async () => expiringIn(300),
      fetch,
    });
    const { directory } = makeEntra({ ...registration, credential, fetch, clock: fakeClock() });
    await expect(directory.grantedPermissions()).rejects.toMatchObject({ name: "NotPropagatedYet" });
  });
});
