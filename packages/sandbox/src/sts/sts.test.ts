import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { at, type Json, makeTestSandbox } from "../../test-support/test-sandbox.ts";

const MANAGEMENT = "111111111111";
const DEV = "222222222222";
const TOKEN = { "Audience.member.1": "api://AzureADTokenExchange", SigningAlgorithm: "RS256" };

interface Ask {
  readonly members?: Readonly<Record<string, string>>;
  readonly accessKeyId?: string;
  readonly host?: string;
}

function setUp({ isFederated = true } = {}) {
  const test = makeTestSandbox();
  const { sts } = test.sandbox.states;
  if (!isFederated) sts.federatedAccountIds.delete(MANAGEMENT);
  const ask = async (Action: string, { members = {}, accessKeyId = "sandbox", host }: Ask = {}) => {
    const request = new Request(host === undefined ? "http://127.0.0.1/sts/" : `https://${host}/`, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-central-1/sts/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: new URLSearchParams({ Action, Version: "2011-06-15", ...members }),
    });
    const response = await (host === undefined ? test.sandbox.fetch(request) : test.sandbox.network(request));
    return { status: response.status, text: await response.text() };
  };
  const getToken = async (changes: Ask = {}) => {
    const { text } = await ask("GetWebIdentityToken", {
      ...changes,
      members: { ...TOKEN, ...changes.members },
    });
    return valueOf(text, "WebIdentityToken");
  };
  return { ...test, sts, ask, getToken };
}

function valueOf(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
}

function decode(token: string, part: 0 | 1): Json {
  return JSON.parse(Buffer.from(token.split(".")[part] ?? "", "base64url").toString()) as Json;
}

describe("AssumeRole", () => {
  it("gives keys whose calls and tokens are those of the role", async () => {
    const { ask, getToken } = setUp();
    const roleArn = `arn:aws:iam::${MANAGEMENT}:role/landbridge-sign-in`;
    const { text } = await ask("AssumeRole", {
      members: { RoleArn: roleArn, RoleSessionName: "landbridge" },
    });
    const accessKeyId = valueOf(text, "AccessKeyId");
    expect(valueOf((await ask("GetCallerIdentity", { accessKeyId })).text, "Arn")).toBe(
      `arn:aws:sts::${MANAGEMENT}:assumed-role/landbridge-sign-in/landbridge`,
    );
    expect(decode(await getToken({ accessKeyId }), 1)).toMatchObject({ sub: roleArn });
  });

  it("refuses a role of another account", async () => {
    const members = { RoleArn: `arn:aws:iam::${DEV}:role/other`, RoleSessionName: "landbridge" };
    const { status, text } = await setUp().ask("AssumeRole", { members });
    expect([status, valueOf(text, "Code")]).toEqual([403, "AccessDenied"]);
  });
});

describe("GetCallerIdentity", () => {
  it("names the account of the access key, and the management account for any other key", async () => {
    const { ask } = setUp();
    expect(valueOf((await ask("GetCallerIdentity")).text, "Account")).toBe(MANAGEMENT);
    const { text } = await ask("GetCallerIdentity", { accessKeyId: DEV });
    expect(valueOf(text, "Account")).toBe(DEV);
    expect(valueOf(text, "Arn")).toBe(
      `arn:aws:sts::${DEV}:assumed-role/AWSReservedSSO_Sandbox_0123456789abcdef/${DEV}`,
    );
  });

  it("takes each access key for a person of its own", async () => {
    const { ask } = setUp();
    const arns = ["alice", "bob"].map(async (accessKeyId) =>
      valueOf((await ask("GetCallerIdentity", { accessKeyId })).text, "Arn"),
    );
    expect(await Promise.all(arns)).toEqual([
      `arn:aws:sts::${MANAGEMENT}:assumed-role/AWSReservedSSO_Sandbox_0123456789abcdef/alice`,
      `arn:aws:sts::${MANAGEMENT}:assumed-role/AWSReservedSSO_Sandbox_0123456789abcdef/bob`,
    ]);
  });

  it("does not know an account outside the organization", async () => {
    const { status, text } = await setUp().ask("GetCallerIdentity", { accessKeyId: "999999999999" });
    expect([status, valueOf(text, "Code")]).toEqual([403, "InvalidClientTokenId"]);
  });
});

describe("GetWebIdentityToken", () => {
  it("speaks for the role of the account, to one audience, for five minutes", async () => {
    const { getToken, sts, clock } = setUp();
    const claims = decode(await getToken(), 1);
    const now = Math.floor(clock.now() / 1000);
    expect(claims).toMatchObject({
      iss: sts.issuer(MANAGEMENT),
      aud: "api://AzureADTokenExchange",
      sub: `arn:aws:iam::${MANAGEMENT}:role/sandbox`,
      iat: now,
      exp: now + 300,
    });
    expect(claims["iss"]).toMatch(/^https:\/\/[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws$/);
  });

  it("tells account, region, organization and unit, and the tags of the request", async () => {
    const { getToken, sandbox } = setUp();
    const members = { "Tags.member.1.Key": "run", "Tags.member.1.Value": "7" };
    const claims = decode(await getToken({ accessKeyId: DEV, members }), 1);
    const { id, rootId, units } = sandbox.states.organization;
    const [workloads] = units.keys();
    expect(claims["https://sts.amazonaws.com/"]).toEqual({
      aws_account: DEV,
      source_region: "eu-central-1",
      org_id: id,
      ou_path: `${id}/${rootId}/${workloads}/`,
      request_tags: { run: "7" },
    });
  });

  it("addresses several audiences as a list, for as long as was asked", async () => {
    const members = { "Audience.member.2": "other", DurationSeconds: "3600" };
    const claims = decode(await setUp().getToken({ members }), 1);
    expect(claims["aud"]).toEqual(["api://AzureADTokenExchange", "other"]);
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(3600);
  });

  it.each(["RS256", "ES384"] as const)(
    "is signed with %s by a key that its issuer publishes",
    async (alg) => {
      const { getToken, sandbox } = setUp();
      const token = await getToken({ members: { SigningAlgorithm: alg } });
      const issuer = String(decode(token, 1)["iss"]);
      const read = async (url: string) => (await sandbox.network(new Request(url))).json();
      const configuration: unknown = await read(`${issuer}/.well-known/openid-configuration`);
      expect(at(configuration, "issuer")).toBe(issuer);
      const keys = at(await read(String(at(configuration, "jwks_uri"))), "keys") as JsonWebKey[];
      const jwk = keys.find(({ kid }) => kid === decode(token, 0)["kid"]);
      const key = createPublicKey({ key: jwk ?? {}, format: "jwk" });
      const [signed, signature] = [token.slice(0, token.lastIndexOf(".")), token.split(".")[2] ?? ""];
      const options = { key, dsaEncoding: "ieee-p1363" as const };
      const isValid = (text: string) =>
        verify(
          alg === "RS256" ? "sha256" : "sha384",
          Buffer.from(text),
          options,
          Buffer.from(signature, "base64url"),
        );
      expect([isValid(signed), isValid(`${signed}x`)]).toEqual([true, false]);
    },
  );

  it("has another issuer in every account", async () => {
    const { getToken } = setUp();
    const [one, other] = [await getToken(), await getToken({ accessKeyId: DEV })];
    expect(decode(one, 1)["iss"]).not.toBe(decode(other, 1)["iss"]);
  });

  it("is refused in an account whose outbound federation is disabled, and only there", async () => {
    const { ask } = setUp({ isFederated: false });
    const { status, text } = await ask("GetWebIdentityToken", { members: TOKEN });
    expect([status, valueOf(text, "Code")]).toEqual([403, "OutboundWebIdentityFederationDisabledException"]);
    expect((await ask("GetWebIdentityToken", { members: TOKEN, accessKeyId: DEV })).status).toBe(200);
  });

  it("is served by the regional endpoint, not by the global one", async () => {
    const { ask } = setUp();
    const at = async (host: string) => (await ask("GetWebIdentityToken", { members: TOKEN, host })).status;
    expect(await at("sts.eu-central-1.amazonaws.com")).toBe(200);
    expect(await at("sts.amazonaws.com")).toBe(400);
  });

  it.each([
    ["no audience", { SigningAlgorithm: "RS256" }],
    ["no algorithm", { "Audience.member.1": "a" }],
    ["another algorithm", { ...TOKEN, SigningAlgorithm: "HS256" }],
    ["less than a minute", { ...TOKEN, DurationSeconds: "59" }],
    ["more than an hour", { ...TOKEN, DurationSeconds: "3601" }],
    ["a member that it does not have", { ...TOKEN, Policy: "{}" }],
  ])("is refused for %s", async (_what, members) => {
    const { status, text } = await setUp().ask("GetWebIdentityToken", { members });
    expect([status, valueOf(text, "Code")]).toEqual([400, "ValidationError"]);
  });

  it("names its coverage page for a member that is not imitated", async () => {
    const members = { ...TOKEN, SubjectMode: "AWSIdentity" };
    const { text } = await setUp().ask("GetWebIdentityToken", { members });
    expect(valueOf(text, "Message")).toContain("SubjectMode");
    expect(valueOf(text, "Message")).toContain("packages/sandbox/src/sts/coverage.md");
  });
});

describe("STS", () => {
  it("refuses another operation and names its coverage page", async () => {
    const { status, text } = await setUp().ask("GetSessionToken");
    expect([status, valueOf(text, "Code")]).toEqual([400, "InvalidAction"]);
    expect(text).toContain("packages/sandbox/src/sts/coverage.md");
  });
});
