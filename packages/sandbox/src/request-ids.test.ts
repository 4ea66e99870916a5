import { describe, expect, it } from "vitest";
import { makeTestSandbox, textAt } from "../test-support/test-sandbox.ts";

const SIGNED = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=sandbox/20260101/eu-central-1/sts/aws4_request, SignedHeaders=host, Signature=0",
};

/** Ids that a sandbox with that seed gives to the same requests, by their source. */
async function idsOf(seed: number): Promise<Record<string, string | null>> {
  const { sandbox, aws } = makeTestSandbox({}, seed);
  const send = async (path: string, init: RequestInit) =>
    (await sandbox.fetch(new Request(`http://127.0.0.1${path}`, init))).headers;
  const secret = await aws("secretsmanager", "CreateSecret", { Name: "scim", SecretString: "0" });
  const list = { method: "POST", headers: { "x-amz-target": "secretsmanager.ListSecrets" }, body: "{}" };
  const identity = new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" });
  return {
    version: textAt(secret.body, "VersionId"),
    secretsmanager: (await send("/secretsmanager/", list)).get("x-amzn-requestid"),
    sts: (await send("/sts/", { method: "POST", headers: SIGNED, body: identity })).get("x-amzn-requestid"),
    s3: (await send("/s3/none/k", {})).get("x-amz-request-id"),
    scim: (await send("/scim/none/scim/v2/Users", {})).get("x-amzn-requestid"),
  };
}

/** Id of a version that is created after this many other requests. */
async function versionAfter(requests: number): Promise<string> {
  const { sandbox, aws } = makeTestSandbox();
  for (let count = 0; count < requests; count += 1) {
    await aws("secretsmanager", "ListSecrets");
    await sandbox.fetch(new Request("http://127.0.0.1/s3/none/k"));
  }
  const { body } = await aws("secretsmanager", "CreateSecret", { Name: "scim", SecretString: "0" });
  return textAt(body, "VersionId");
}

describe("ids of requests and versions", () => {
  it("are the same for the same seed and the same requests, others for another seed", async () => {
    const [one, again, other] = [await idsOf(7), await idsOf(7), await idsOf(8)];
    expect(again).toEqual(one);
    for (const [where, id] of Object.entries(one)) {
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(other[where]).not.toBe(id);
    }
    expect(new Set(Object.values(one)).size).toBe(5);
  });

  it("of versions are the same however many requests came before", async () => {
    expect(await versionAfter(3)).toBe(await versionAfter(0));
  });
});
