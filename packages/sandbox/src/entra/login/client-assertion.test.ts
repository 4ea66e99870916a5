import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeTestSandbox, type TestSandbox } from "../../../test-support/test-sandbox.ts";
import { answerOf, read, requestToken } from "../../../test-support/test-tenant.ts";

const AUDIENCE = "api://AzureADTokenExchange";
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ACCOUNT = "111111111111";

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
}

/** A sandbox whose app registration has trusted a role of the management account long enough for it to work. */
async function trusting(credential: Record<string, unknown> = {}, age = 3_600_000) {
  const tested = makeTestSandbox();
  const { sandbox, clock } = tested;
  const { sts } = sandbox.states;
  const { entra } = sandbox;
  const token = read(await requestToken(entra, {}), "access_token");
  const graph = async (method: string, path: string, body?: unknown) => {
    const request = new Request(`https://graph.microsoft.com/v1.0${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return answerOf(await sandbox.network(request));
  };
  const found = await graph("GET", `/applications?$filter=appId eq '${entra.credentials.clientId}'`);
  const made = await graph(
    "POST",
    `/applications/${read(found, "value.0.id")}/federatedIdentityCredentials`,
    {
      name: "aws-automation",
      issuer: sts.issuer(ACCOUNT),
      subject: sts.roleArn(ACCOUNT, null),
      audiences: [AUDIENCE],
      ...credential,
    },
  );
  expect(made.status).toBe(201);
  await clock.advance(age);
  return tested;
}

/** The claims of the role's token, as AWS STS signs it. */
function claimsFor({ sandbox, clock }: TestSandbox, changes: Partial<Claims> = {}): Claims {
  const { sts } = sandbox.states;
  const iat = Math.floor(clock.now() / 1000);
  const claims = {
    iss: sts.issuer(ACCOUNT),
    sub: sts.roleArn(ACCOUNT, null),
    aud: AUDIENCE,
    iat,
    exp: iat + 300,
  };
  return { ...claims, ...changes };
}

async function signIn(tested: TestSandbox, assertion: string) {
  const { entra } = tested.sandbox;
  const { tenantId, clientId } = entra.credentials;
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    scope: "https://graph.microsoft.com/.default",
    client_assertion_type: JWT_BEARER,
    client_assertion: assertion,
  };
  const url = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
  return answerOf(
    await tested.sandbox.network(new Request(url, { method: "POST", body: new URLSearchParams(form) })),
  );
}

function signed(tested: TestSandbox, changes: Partial<Claims> = {}): string {
  return tested.sandbox.states.sts.keys.sign("RS256", claimsFor(tested, changes));
}

describe("a sign-in with a federated credential", () => {
  it("takes a token of AWS STS in place of a secret", async () => {
    const tested = await trusting();
    expect(await signIn(tested, signed(tested))).toMatchObject({
      status: 200,
      body: { token_type: "Bearer" },
    });
  });

  it.each([
    ["another subject", { sub: "arn:aws:iam::111111111111:role/other" }],
    ["a subject in other case", { sub: "arn:aws:iam::111111111111:role/SANDBOX" }],
    ["another audience", { aud: "api://other" }],
    ["the issuer with a slash", { iss: "https://0123.tokens.sts.global.api.aws/" }],
  ])("is refused with %s as AADSTS70021, which says what was presented", async (_, changes) => {
    const tested = await trusting();
    const answer = await signIn(tested, signed(tested, changes));
    expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request", error_codes: [70021] } });
    expect(read(answer, "error_description")).toMatch(
      /^AADSTS70021: No matching federated identity record found for presented assertion\. Assertion Issuer: '/,
    );
    expect(read(answer, "error_description")).toContain(Object.values(changes)[0]);
  });

  it("is refused as AADSTS70021 until a new credential has reached every part of Entra", async () => {
    const tested = await trusting({}, 0);
    expect((await signIn(tested, signed(tested))).body).toMatchObject({ error_codes: [70021] });
    await tested.clock.advance(3_600_000);
    expect((await signIn(tested, signed(tested))).status).toBe(200);
  });

  it("is refused as AADSTS700024 with an expired token", async () => {
    const tested = await trusting();
    const { iat } = claimsFor(tested);
    const answer = await signIn(tested, signed(tested, { iat: iat - 3600, exp: iat - 1800 }));
    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client", error_codes: [700024] } });
    expect(read(answer, "error_description")).toContain("is not within its valid time range");
  });

  it("is refused with an algorithm other than RS256", async () => {
    const tested = await trusting();
    const answer = await signIn(tested, tested.sandbox.states.sts.keys.sign("ES384", claimsFor(tested)));
    expect(answer.body).toMatchObject({ error_codes: [5002738] });
  });

  it("is refused with a key that is not the issuer's", async () => {
    const tested = await trusting();
    const [header, payload] = signed(tested).split(".");
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const forged = sign("sha256", Buffer.from(`${header}.${payload}`), privateKey).toString("base64url");
    const answer = await signIn(tested, `${header}.${payload}.${forged}`);
    expect(answer).toMatchObject({ status: 401, body: { error_codes: [5000811] } });
    const other = Buffer.from(JSON.stringify({ alg: "RS256", kid: "other" })).toString("base64url");
    const unknown = await signIn(tested, `${other}.${payload}.${forged}`);
    expect(unknown.body).toMatchObject({ error_codes: [5000811] });
  });

  it("is refused as AADSTS50166 when nobody answers for the issuer", async () => {
    const issuer = "https://nobody.example.com";
    const tested = await trusting({ issuer });
    const answer = await signIn(tested, signed(tested, { iss: issuer }));
    expect(answer).toMatchObject({ status: 400, body: { error_codes: [50166] } });
  });

  it("is refused with what is no token, and does not repeat it", async () => {
    const answer = await signIn(await trusting(), "canary-4711");
    expect(answer.body).toMatchObject({ error_codes: [50027] });
    expect(JSON.stringify(answer.body)).not.toContain("canary-4711");
  });
});

describe("a sign-in without secret and assertion", () => {
  it("is refused as AADSTS7000216", async () => {
    const { sandbox } = makeTestSandbox();
    const { tenantId, clientId } = sandbox.entra.credentials;
    const body = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId });
    const url = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
    const answer = await answerOf(await sandbox.network(new Request(url, { method: "POST", body })));
    expect(answer.body).toMatchObject({ error_codes: [7000216] });
  });
});
