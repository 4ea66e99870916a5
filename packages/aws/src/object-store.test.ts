import { describe, expect, it } from "vitest";
import { awsOn, fakeClock, fakeHandler } from "../test-support/fake-aws.ts";
import { openObjectStore } from "./ports.ts";

const KEY = "plans/2026-03-01.json";
const VERSION = "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e";

function refused(code: string, status: number): Response {
  const body = `<Error><Code>${code}</Code><Message>no</Message></Error>`;
  return new Response(body, { status, headers: { "content-type": "application/xml" } });
}

function answer(text: string | null, versionId = VERSION): Response {
  return new Response(text, { headers: { "x-amz-version-id": versionId } });
}

describe("object store", () => {
  it("puts and reads a text as UTF-8, and says which version it is", async () => {
    const { objects, requests } = awsOn({
      [`PUT /${KEY}`]: answer(""),
      [`GET /${KEY}`]: answer('{"name":"Zoë"}'),
    });
    expect(await objects.putText(KEY, '{"name":"Zoë"}')).toBe(VERSION);
    expect(await objects.read(KEY)).toEqual({ text: '{"name":"Zoë"}', versionId: VERSION });
    expect(requests).toMatchObject([
      { hostname: "landbridge-files.s3.eu-central-1.amazonaws.com", body: '{"name":"Zoë"}' },
      { hostname: "landbridge-files.s3.eu-central-1.amazonaws.com" },
    ]);
  });

  it("reads the version that is asked for", async () => {
    const { objects, requests } = awsOn({ [`GET /${KEY}`]: answer("old") });
    expect(await objects.readText(KEY, VERSION)).toBe("old");
    expect(requests).toMatchObject([{ query: { versionId: VERSION } }]);
  });

  it("learns the newest version without reading it; null when there is no object", async () => {
    const { objects } = awsOn({ [`HEAD /${KEY}`]: [answer(null), new Response(null, { status: 404 })] });
    expect(await objects.currentVersion(KEY)).toBe(VERSION);
    expect(await objects.currentVersion(KEY)).toBeNull();
  });

  it("removes by a delete marker: it names no version", async () => {
    const { objects, requests } = awsOn({ [`DELETE /${KEY}`]: new Response(null, { status: 204 }) });
    await objects.remove(KEY);
    expect(requests[0]?.query).not.toHaveProperty("versionId");
  });

  it("fails, rather than say there is no object, when it may not ask", async () => {
    const { objects } = awsOn({ [`HEAD /${KEY}`]: new Response(null, { status: 403 }) });
    await expect(objects.currentVersion(KEY)).rejects.toThrow();
  });

  it.each([
    ["never had versioning", new Response("text")],
    ["has versioning suspended", answer("text", "null")],
  ])("refuses a bucket that %s, and names it", async (_, answered) => {
    const { objects } = awsOn({
      [`PUT /${KEY}`]: answered,
      [`GET /${KEY}`]: answered,
      [`HEAD /${KEY}`]: new Response(null, { headers: answered.headers }),
    });
    const uses = [
      () => objects.putText(KEY, "text"),
      () => objects.read(KEY),
      () => objects.readText(KEY),
      () => objects.currentVersion(KEY),
    ];
    for (const use of uses) {
      await expect(use()).rejects.toMatchObject({
        name: "Unexpected",
        message: expect.stringContaining("turn on versioning of the bucket landbridge-files"),
      });
    }
  });

  it.each([
    ["NoSuchVersion", 404],
    ["NoSuchKey", 404],
    ["InvalidArgument", 400],
  ])("says IncompleteRead, and which version, when S3 says %s to it", async (code, status) => {
    const { objects } = awsOn({ [`GET /${KEY}`]: refused(code, status) });
    await expect(objects.readText(KEY, VERSION)).rejects.toMatchObject({
      name: "IncompleteRead",
      message: `There is no version ${VERSION} of s3://landbridge-files/${KEY}`,
    });
  });

  it("says IncompleteRead, and which object, when there is none", async () => {
    const { objects } = awsOn({ [`GET /${KEY}`]: refused("NoSuchKey", 404) });
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
      [`GET /s3/landbridge-files/${KEY}`]: answer("x"),
    });
    const options = { region: "eu-central-1", clock: fakeClock(), requestHandler, ...endpoints };
    await openObjectStore(options, "landbridge-files").readText(KEY);
    expect(requests).toMatchObject([{ hostname: "127.0.0.1" }]);
  });
});
