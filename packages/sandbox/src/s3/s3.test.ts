import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeTestSandbox } from "../../test-support/test-sandbox.ts";

type Init = Omit<RequestInit, "body"> & { body?: string };

async function setUp() {
  const { sandbox } = makeTestSandbox();
  const send = async (method: string, path: string, init: Init = {}) => {
    const response = await sandbox.fetch(new Request(`http://127.0.0.1/s3${path}`, { method, ...init }));
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const body = `<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>`;
  await send("PUT", "/files", { body });
  return { send };
}

/** `{}` in two chunks, the checksum after them. */
function chunks(sum: string): string {
  return `1\r\n{\r\n1\r\n}\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`;
}

function keys(text: string): (string | undefined)[] {
  return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1]);
}

describe("S3 objects", () => {
  it("come back as they were put, with type, metadata and entity tag", async () => {
    const { send } = await setUp();
    const headers = { "content-type": "application/json", "x-amz-meta-run": "7" };
    const put = await send("PUT", "/files/plans/a%20b.json", { body: "{}", headers });
    expect(put.headers.get("etag")).toBe(`"${createHash("md5").update("{}").digest("hex")}"`);
    const got = await send("GET", "/files/plans/a%20b.json");
    expect(got).toMatchObject({ status: 200, text: "{}" });
    expect(got.headers.get("content-type")).toBe("application/json");
    expect(got.headers.get("x-amz-meta-run")).toBe("7");
    const head = await send("HEAD", "/files/plans/a%20b.json");
    expect([head.text, head.headers.get("content-length")]).toEqual(["", "2"]);
  });

  it("are gone after a delete, which succeeds also when there was nothing", async () => {
    const { send } = await setUp();
    await send("PUT", "/files/k", { body: "x" });
    expect((await send("DELETE", "/files/k")).status).toBe(204);
    expect((await send("DELETE", "/files/k")).status).toBe(204);
    const got = await send("GET", "/files/k");
    expect(got.status).toBe(404);
    expect(got.text).toContain("<Code>NoSuchKey</Code>");
  });

  it("need a bucket", async () => {
    const { send } = await setUp();
    expect((await send("PUT", "/other/k", { body: "x" })).text).toContain("<Code>NoSuchBucket</Code>");
  });

  it("are created only once with If-None-Match, and replaced only unchanged with If-Match", async () => {
    const { send } = await setUp();
    const once = { headers: { "if-none-match": "*" } };
    const first = await send("PUT", "/files/k", { body: "one", ...once });
    expect((await send("PUT", "/files/k", { body: "two", ...once })).text).toContain("PreconditionFailed");
    const same = { headers: { "if-match": first.headers.get("etag") ?? "" } };
    expect((await send("PUT", "/files/k", { body: "two", ...same })).status).toBe(200);
    expect((await send("PUT", "/files/k", { body: "three", ...same })).status).toBe(412);
    expect((await send("PUT", "/files/none", { body: "x", ...same })).status).toBe(404);
    expect((await send("GET", "/files/k")).text).toBe("two");
  });

  it("are not sent again to a reader that has them", async () => {
    const { send } = await setUp();
    const etag = (await send("PUT", "/files/k", { body: "x" })).headers.get("etag") ?? "";
    expect((await send("GET", "/files/k", { headers: { "if-none-match": etag } })).status).toBe(304);
  });

  it("are refused when the checksum does not fit the bytes", async () => {
    const { send } = await setUp();
    const put = (sum: string) =>
      send("PUT", "/files/k", { body: "{}", headers: { "x-amz-checksum-crc32": sum } });
    expect((await put("AAAAAA==")).text).toContain("<Code>BadDigest</Code>");
    expect((await put("o6a/Qw==")).status).toBe(200);
    const got = await send("GET", "/files/k", { headers: { "x-amz-checksum-mode": "ENABLED" } });
    expect(got.headers.get("x-amz-checksum-crc32")).toBe("o6a/Qw==");
  });

  it("may come in chunks with the checksum at the end", async () => {
    const { send } = await setUp();
    const headers = {
      "content-encoding": "aws-chunked",
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": "2",
      "x-amz-trailer": "x-amz-checksum-crc32",
    };
    expect((await send("PUT", "/files/k", { body: chunks("AAAAAA=="), headers })).text).toContain(
      "BadDigest",
    );
    expect((await send("PUT", "/files/k", { body: chunks("o6a/Qw=="), headers })).status).toBe(200);
    const got = await send("GET", "/files/k");
    expect([got.text, got.headers.get("content-encoding")]).toEqual(["{}", null]);
    expect((await send("PUT", "/files/k", { body: "5\r\nab", headers })).status).toBe(400);
  });

  it.each([
    ["PUT", "/files/k", { "x-amz-tagging": "a=b" }],
    ["GET", "/files/k", { range: "bytes=0-1" }],
    ["PUT", "/files/k?versionId=1", {}],
    ["GET", "/files/k?versions", {}],
    ["GET", "/files?acl", {}],
    ["GET", "/?bucket-region=eu-central-1", {}],
    ["GET", "/files?location", {}],
    ["PUT", "/files/k", { "if-none-match": '"etag"' }],
  ])("refuse with 501 what is not imitated: %s %s", async (method, path, headers) => {
    const { send } = await setUp();
    expect((await send(method, path, { headers: headers as Record<string, string> })).status).toBe(501);
  });
});

describe("S3 buckets", () => {
  it("are made once, in the region of the endpoint", async () => {
    const { send } = await setUp();
    const body = `<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>`;
    expect((await send("PUT", "/files", { body })).text).toContain("BucketAlreadyOwnedByYou");
    expect((await send("PUT", "/elsewhere")).text).toContain("IllegalLocationConstraintException");
    expect((await send("PUT", "/No_Name", { body })).text).toContain("InvalidBucketName");
  });

  it("list their keys in order, by prefix, page by page", async () => {
    const { send } = await setUp();
    for (const key of ["b/2", "a", "b/1", "b/3&4"]) await send("PUT", `/files/${key}`, { body: key });
    const first = await send("GET", "/files?list-type=2&prefix=b/&max-keys=2");
    expect(keys(first.text)).toEqual(["b/1", "b/2"]);
    const token = /<NextContinuationToken>([^<]+)</.exec(first.text)?.[1] ?? "";
    const second = await send("GET", `/files?list-type=2&prefix=b/&continuation-token=${token}`);
    expect(keys(second.text)).toEqual(["b/3&amp;4"]);
    expect(second.text).toContain("<IsTruncated>false</IsTruncated>");
  });

  it("list common prefixes up to a delimiter", async () => {
    const { send } = await setUp();
    for (const key of ["b/2", "a", "b/1"]) await send("PUT", `/files/${key}`, { body: key });
    const { text } = await send("GET", "/files?list-type=2&delimiter=/");
    expect(text).toContain("<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>");
    expect(text).toContain("<KeyCount>2</KeyCount>");
  });
});
