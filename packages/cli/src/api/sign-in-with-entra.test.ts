import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { signInWithEntra } from "./sign-in-with-entra.ts";

const TENANT = "5b6c1f70-2b3e-4c58-9d30-0a4e8b1c7d11";
const CLIENT = "c0ffee00-1111-4222-8333-444455556666";
const folder = mkdtempSync(path.join(tmpdir(), "landbridge-"));
afterAll(() => rmSync(folder, { recursive: true }));

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** Entra, for a person who types the code at once. */
function entra() {
  const asked: string[] = [];
  const oid = "0a1b2c3d-0000-4000-8000-000000000001";
  const claims = { oid, tid: TENANT, sub: oid, preferred_username: "ada@example.com", aud: CLIENT };
  const answers: Record<string, object> = {
    devicecode: {
      device_code: "device",
      user_code: "ABCD",
      verification_uri: "https://microsoft.com/devicelogin",
      expires_in: 900,
      interval: 0,
      message: "Type ABCD at https://microsoft.com/devicelogin",
    },
    token: {
      token_type: "Bearer",
      scope: "api://landbridge/.default",
      expires_in: 3600,
      access_token: "the-token",
      refresh_token: "refresh",
      id_token: `${encode({ alg: "none" })}.${encode(claims)}.`,
      client_info: encode({ uid: oid, utid: TENANT }),
    },
    "openid-configuration": {
      token_endpoint: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
      authorization_endpoint: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/devicecode`,
      issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      jwks_uri: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
    },
  };
  const answer = (url: string) => {
    const name = new URL(url).pathname.split("/").at(-1) ?? "";
    asked.push(name);
    const body = answers[name];
    if (!body) throw new Error(`Nobody expects ${url}`);
    return Promise.resolve({ headers: {}, body, status: 200 });
  };
  return { asked, networkClient: { sendGetRequestAsync: answer, sendPostRequestAsync: answer } as never };
}

describe("signing in to the API with Entra", () => {
  it("shows a code once, and keeps the sign-in for the next command where only its owner can read it", async () => {
    const { asked, networkClient } = entra();
    const told: string[] = [];
    const cacheFile = path.join(folder, "tokens", "cache.json");
    const options = { tenantId: TENANT, clientId: CLIENT, scope: "api://landbridge/.default", cacheFile };
    const command = () =>
      signInWithEntra({ ...options, networkClient, tell: (message) => told.push(message) })(
        new Request("https://api.example/v1/tasks"),
        "",
      );

    expect((await command()).headers.get("authorization")).toBe("Bearer the-token");
    expect((await command()).headers.get("authorization")).toBe("Bearer the-token");

    expect(told).toEqual(["Type ABCD at https://microsoft.com/devicelogin"]);
    expect(asked.filter((name) => name === "token")).toHaveLength(1);
    expect(statSync(cacheFile).mode & 0o777).toBe(0o600);
  });

  it("is not read by others who put a file there before, or follow it elsewhere", async () => {
    const { networkClient } = entra();
    const elsewhere = path.join(folder, "elsewhere.json");
    const options = { tenantId: TENANT, clientId: CLIENT, scope: "api://landbridge/.default", networkClient };
    const signIn = (cacheFile: string) =>
      signInWithEntra({ ...options, cacheFile, tell: () => undefined })(
        new Request("https://api.example/v1/tasks"),
        "",
      );
    const open = path.join(folder, "open.json");
    writeFileSync(open, "{}", { mode: 0o644 });
    await signIn(open);
    expect(statSync(open).mode & 0o777).toBe(0o600);

    const link = path.join(folder, "link.json");
    writeFileSync(elsewhere, "{}");
    symlinkSync(elsewhere, link);
    await signIn(link);
    expect(readFileSync(elsewhere, "utf8")).toBe("{}");
  });
});
