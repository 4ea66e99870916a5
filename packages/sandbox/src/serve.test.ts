import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { Bucket } from "./s3/state.ts";
import { serveSandbox } from "./serve.ts";
import { makeTestSandbox } from "../test-support/test-sandbox.ts";

function post(url: string, target: string, body: object): Promise<Response> {
  const headers = {
    "x-amz-target": target,
    "content-type": "application/x-amz-json-1.0",
    authorization:
      "AWS4-HMAC-SHA256 Credential=sandbox/20260302/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
    "x-amz-date": "20260302T080000Z",
  };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

describe("a served sandbox", () => {
  it("answers over HTTP by path and by the service of the signature, DynamoDB among them", async () => {
    const served = await serveSandbox(makeTestSandbox().sandbox);
    try {
      const instances = await fetch(`${served.url}/sso-admin`, {
        method: "POST",
        headers: { "x-amz-target": "SWBExternalService.ListInstances" },
        body: "{}",
      });
      expect(await instances.json()).toMatchObject({ Instances: [{ Status: "ACTIVE" }] });
      const tables = await post(
        served.variables["AWS_ENDPOINT_URL"] ?? "",
        "DynamoDB_20120810.ListTables",
        {},
      );
      expect(await tables.json()).toEqual({ TableNames: [] });
    } finally {
      await served.close();
    }
  });

  it("says where requests to real host names go", async () => {
    const served = await serveSandbox(makeTestSandbox().sandbox);
    await served.close();
    expect(served.routes).toEqual({
      "graph.microsoft.com": `${served.url}/graph`,
      "login.microsoftonline.com": `${served.url}/login`,
      "scim.eu-central-1.amazonaws.com": `${served.url}/scim`,
      "sts.amazonaws.com": `${served.url}/sts`,
      "sts.eu-central-1.amazonaws.com": `${served.url}/sts`,
    });
  });

  it("answers 405 to a method that no service takes", async () => {
    const served = await serveSandbox(makeTestSandbox().sandbox);
    try {
      const status = await new Promise((resolve, reject) => {
        request(`${served.url}/execute-api/v1/tasks`, { method: "TRACE" }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      expect(status).toBe(405);
    } finally {
      await served.close();
    }
  });

  it("carries the length of an object in the answer to a HEAD", async () => {
    const { sandbox } = makeTestSandbox();
    sandbox.states.buckets.set("files", new Bucket(0));
    const served = await serveSandbox(sandbox);
    try {
      const url = `${served.url}/s3/files/k`;
      await fetch(url, { method: "PUT", body: "four" });
      const head = await fetch(url, { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe("4");
    } finally {
      await served.close();
    }
  });

  it("refuses a port that is in use and says which and how to choose another", async () => {
    const served = await serveSandbox(makeTestSandbox().sandbox);
    try {
      const port = Number(new URL(served.url).port);
      await expect(serveSandbox(makeTestSandbox().sandbox, { port })).rejects.toThrow(
        `Port ${port} is in use. Choose another one with --port.`,
      );
    } finally {
      await served.close();
    }
  });

  it("lets go of its port when closed", async () => {
    const served = await serveSandbox(makeTestSandbox().sandbox);
    await fetch(served.url);
    await served.close();
    await expect(fetch(served.url)).rejects.toThrow("fetch failed");
  });
});
