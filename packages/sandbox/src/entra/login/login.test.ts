import { describe, expect, it } from "vitest";
import { makeTestTenant, read, requestToken } from "../../../test-support/test-tenant.ts";

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
}

describe("the token endpoint", () => {
  it("issues a token with the granted permissions as roles", async () => {
    const { entra } = await makeTestTenant({});
    entra.grant(["Group.Read.All"]);
    const answer = await requestToken(entra, {});
    expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 3599 } });
    expect(claimsOf(read(answer, "access_token"))).toMatchObject({
      aud: "https://graph.microsoft.com",
      appid: entra.credentials.clientId,
      tid: entra.credentials.tenantId,
      roles: ["Group.Read.All"],
    });
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client", /^AADSTS7000215/],
    ["another application", { client_id: "b1" }, 400, "unauthorized_client", /^AADSTS700016/],
    ["another scope", { scope: "openid" }, 400, "invalid_scope", /^AADSTS70011/],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", /^AADSTS70003/],
    ["another tenant", { tenant: "fabrikam.com" }, 400, "invalid_request", /^AADSTS90002/],
  ])("refuses %s as Entra does", async (_, changes, status, error, description) => {
    const { entra } = await makeTestTenant({});
    const answer = await requestToken(entra, changes);
    expect(answer).toMatchObject({ status, body: { error } });
    expect(read(answer, "error_description")).toMatch(description);
  });

  it("does not repeat the secret that it refuses", async () => {
    const { entra } = await makeTestTenant({});
    const answer = await requestToken(entra, { client_secret: "canary-4711" });
    expect(JSON.stringify(answer.body)).not.toContain("canary-4711");
  });
});
