import { describe, expect, it } from "vitest";
import { awsOn, fakeClock, fakeHandler } from "./fake-aws.ts";
import { openObjectStore } from "./ports.ts";

const KEY = "plans/2026-03-01.json";
const noSuchKey = new Response(
  "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>",
  { status: 404, headers: { "content-type": "application/xml" } },
);

describe("object store", () => {
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

  it.each([
    { endpoint: "http://127.0.0.1:4566/s3" },
    { endpoint: "http://127.0.0.1:9", s3Endpoint: "http://127.0.0.1:4566/s3" },
  ])("names the bucket in the path at %o", async (endpoints) => {
    const { requestHandler, requests } = fakeHandler({
      [`GET /s3/landbridge-files/${KEY}`]: new Response("x"),
    });
    const options = { region: "eu-central-1", clock: fakeClock(), requestHandler, ...endpoints };
    await openObjectStore(options, "landbridge-files").readText(KEY);
    expect(requests).toMatchObject([{ hostname: "127.0.0.1" }]);
  });
});
