import { afterEach, describe, expect, it, vi } from "vitest";
import { awsOn } from "./fake-aws.ts";

const KEY = "plans/2026-03-01.json";
const noSuchKey = new Response(
  "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
  { status: 404, headers: { "content-type": "application/xml" } },
);

describe("object store", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("puts and reads a text as UTF-8", async () => {
    const { objects, requests } = awsOn({
      [`PUT /${KEY}`]: new Response(""),
      [`GET /${KEY}`]: new Response('{"name":"Zoë"}'),
    });
    await objects.putText(KEY, '{"name":"Zoë"}');
    expect(await objects.readText(KEY)).toBe('{"name":"Zoë"}');
    expect(requests).toMatchObject([
      { hostname: "landbridge-files.s3.eu-central-1.amazonaws.com", body: '{"name":"Zoë"}' },
      { hostname: "landbridge-files.s3.eu-central-1.amazonaws.com" },
    ]);
  });

  it("says IncompleteRead, and which object, when there is none", async () => {
    const { objects } = awsOn({ [`GET /${KEY}`]: noSuchKey });
    await expect(objects.readText(KEY)).rejects.toMatchObject({
      name: "IncompleteRead",
      message: `There is no object s3://landbridge-files/${KEY}`,
    });
  });

  it.each(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])(
    "names the bucket in the path when %s points elsewhere",
    async (variable) => {
      vi.stubEnv(variable, "http://127.0.0.1:4566/s3");
      const { objects, requests } = awsOn({ [`GET /s3/landbridge-files/${KEY}`]: new Response("x") });
      await objects.readText(KEY);
      expect(requests).toMatchObject([{ hostname: "127.0.0.1" }]);
    },
  );
});
