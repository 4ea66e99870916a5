import { describe, expect, it } from "vitest";
import {
  CLIENT_ID,
  fakeClock,
  fakeCredential,
  fakeFetch,
  makeJwt,
  TENANT_ID,
} from "../test-support/fake-graph.ts";
import { openGraph } from "./entra.ts";
import { makeGraphSignIn } from "./graph-sign-in.ts";

const REGISTRATION = {
  id: "11111111-2222-4333-8444-555555555555",
  displayName: "Landbridge",
  passwordCredentials: [
    {
      keyId: "0a1b2c3d-2222-4333-8444-555555555555",
      displayName: "for Landbridge",
      endDateTime: "2027-03-01T00:00:00Z",
    },
  ],
  keyCredentials: [
    { keyId: "0a1b2c3d-3333-4333-8444-555555555555", displayName: null, endDateTime: "2028-03-01T00:00:00Z" },
  ],
};
const TRUST = {
  id: "0a1b2c3d-4444-4333-8444-555555555555",
  name: "aws",
  issuer: "https://7f.tokens.sts.global.api.aws",
  subject: "arn:aws:iam::111122223333:role/landbridge-sign-in",
  audiences: ["api://AzureADTokenExchange"],
};

function signIn(applications: object[], assertion = "") {
  const { fetch, requests } = fakeFetch({
    "GET /applications": { value: applications },
    [`GET /applications/${REGISTRATION.id}/federatedIdentityCredentials`]: { value: [TRUST] },
  });
  const graph = openGraph({
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    credential: fakeCredential(),
    fetch,
    clock: fakeClock(),
  });
  const getAssertion = () => Promise.resolve(assertion);
  return {
    port: makeGraphSignIn(graph, { method: "federated", clientId: CLIENT_ID, getAssertion }),
    requests,
  };
}

describe("how Landbridge signs in", () => {
  it("reads the ends of the registration's secrets and certificates, and whom it trusts", async () => {
    const { port, requests } = signIn([REGISTRATION]);
    expect(await port.readRegistration()).toEqual({
      displayName: "Landbridge",
      credentials: [
        { kind: "client secret", name: "for Landbridge", expiresAt: "2027-03-01T00:00:00Z" },
        {
          kind: "certificate",
          name: "0a1b2c3d-3333-4333-8444-555555555555",
          expiresAt: "2028-03-01T00:00:00Z",
        },
      ],
      federatedTrusts: [
        { issuer: TRUST.issuer, subject: TRUST.subject, audience: "api://AzureADTokenExchange" },
      ],
    });
    expect(requests[0]?.query["$filter"]).toBe(`appId eq '${CLIENT_ID}'`);
  });

  it("says so when the registration is not in the tenant", async () => {
    await expect(signIn([]).port.readRegistration()).rejects.toMatchObject({ name: "IncompleteRead" });
  });

  it("reads from an assertion what Entra compares", async () => {
    const { iss, sub, aud } = { iss: TRUST.issuer, sub: TRUST.subject, aud: "api://AzureADTokenExchange" };
    expect(await signIn([], makeJwt({ iss, sub, aud })).port.readAssertion()).toEqual({
      issuer: iss,
      subject: sub,
      audience: aud,
    });
  });

  it("repeats no assertion that it cannot read", async () => {
    await expect(signIn([], "canary.canary.canary").port.readAssertion()).rejects.toThrow(/^(?!.*canary)/);
  });
});
