import { describe, expect, it } from "vitest";
import { readCurrentSecret } from "./current-secret.ts";
import { fakeClock, fakeHandler, refusal } from "../test-support/fake-aws.ts";
import { REGION } from "../test-support/sample-instance.ts";
import { makeAssertionSource } from "./web-identity.ts";

function on(answers: Record<string, object>) {
  const { requestHandler, requests } = fakeHandler(answers);
  return { options: { region: REGION, clock: fakeClock(), requestHandler }, requests };
}

describe("what the process signs in to Entra with", () => {
  it("is an assertion that the region's STS makes for Entra", async () => {
    const xml = `<GetWebIdentityTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetWebIdentityTokenResult>
      <WebIdentityToken>header.claims.signature</WebIdentityToken></GetWebIdentityTokenResult></GetWebIdentityTokenResponse>`;
    const { options, requests } = on({ "POST /": new Response(xml) });
    expect(await makeAssertionSource(options)()).toBe("header.claims.signature");
    expect(requests).toMatchObject([{ hostname: `sts.${REGION}.amazonaws.com` }]);
    expect(Object.fromEntries(new URLSearchParams(String(requests[0]?.body)))).toMatchObject({
      Action: "GetWebIdentityToken",
      "Audience.member.1": "api://AzureADTokenExchange",
      SigningAlgorithm: "RS256",
      DurationSeconds: "300",
    });
  });

  it("is about the sign-in role where there is one, whose session it takes first", async () => {
    const inOneHour = new Date(Date.now() + 3_600_000).toISOString();
    const session = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
      <AccessKeyId>ASIASIGNINROLE000000</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>session</SessionToken><Expiration>${inOneHour}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    const token = `<GetWebIdentityTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetWebIdentityTokenResult>
      <WebIdentityToken>header.claims.signature</WebIdentityToken></GetWebIdentityTokenResult></GetWebIdentityTokenResponse>`;
    const { options, requests } = on({ "POST /": [new Response(session), new Response(token)] });
    const roleArn = "arn:aws:iam::111111111111:role/landbridge-sign-in";

    expect(await makeAssertionSource(options, roleArn)()).toBe("header.claims.signature");

    expect(Object.fromEntries(new URLSearchParams(String(requests[0]?.body)))).toMatchObject({
      Action: "AssumeRole",
      RoleArn: roleArn,
    });
    expect(requests[1]?.headers["authorization"]).toContain("Credential=ASIASIGNINROLE000000/");
  });

  it("is, as fallback, the current version of a secret", async () => {
    const { options, requests } = on({ GetSecretValue: { SecretString: "the client secret" } });
    expect(await readCurrentSecret(options, "landbridge/graph-client-secret")).toBe("the client secret");
    expect(requests).toMatchObject([{ body: { SecretId: "landbridge/graph-client-secret" } }]);
  });

  it("names the action that is missing", async () => {
    const { options } = on({ GetSecretValue: refusal("AccessDeniedException") });
    await expect(readCurrentSecret(options, "landbridge/graph-client-secret")).rejects.toThrow(
      "secretsmanager:GetSecretValue is not allowed",
    );
  });
});
