import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeTestSandbox } from "../../test-support/test-sandbox.ts";
import { Bucket } from "./state.ts";

function setUp(...names: readonly string[]) {
  const { sandbox, clock } = makeTestSandbox();
  const { buckets } = sandbox.states;
  for (const name of names) buckets.set(name, new Bucket(clock.now()));
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await sandbox.fetch(new Request(`http://127.0.0.1/s3${path}`, { method, ...init }));
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  /** DeleteObjects in the bucket `files`. */
  const erase = (content: string, headers?: Record<string, string>) => {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</Delete>`;
    const md5 = createHash("md5").update(body).digest("base64");
    return send("POST", "/files?delete=&x-id=DeleteObjects", {
      body,
      headers: headers ?? { "content-md5": md5 },
    });
  };
  const put = (key: string) => send("PUT", `/files/${encodeURIComponent(key)}`, { body: key });
  return {
    send,
    erase,
    put,
    keys: () =>
      buckets
        .get("files")
        ?.objects()
        .map(({ key }) => key),
  };
}

function all(text: string, name: string): (string | undefined)[] {
  return [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map((match) => match[1]);
}

describe("the list of buckets", () => {
  it("has all by name, with the time they were made", async () => {
    const { text } = await setUp("two", "one").send("GET", "/?x-id=ListBuckets");
    expect(all(text, "Name")).toEqual(["one", "two"]);
    expect(all(text, "CreationDate")[0]).toBe("2026-03-02T08:00:00.000Z");
  });

  it("comes page by page, of one prefix", async () => {
    const { send } = setUp("a-1", "a-2", "a-3", "b-1");
    const first = (await send("GET", "/?max-buckets=2&prefix=a-")).text;
    expect(all(first, "Name")).toEqual(["a-1", "a-2"]);
    const [token] = all(first, "ContinuationToken");
    const rest = (await send("GET", `/?prefix=a-&continuation-token=${token}`)).text;
    expect([all(rest, "Name"), all(rest, "ContinuationToken")]).toEqual([["a-3"], []]);
    expect((await send("GET", "/?continuation-token=made-up")).text).toContain("InvalidArgument");
  });
});

describe("a bucket", () => {
  it("tells its region to a HEAD, and that there is none without a body", async () => {
    const { send } = setUp("files");
    const head = await send("HEAD", "/files");
    expect([head.status, head.headers.get("x-amz-bucket-region")]).toEqual([200, "eu-central-1"]);
    expect(await send("HEAD", "/other")).toMatchObject({ status: 404, text: "" });
  });
});

describe("the deletion of several objects", () => {
  it("deletes those that are named, and those that never were", async () => {
    const { erase, put, keys } = setUp("files");
    for (const key of ["a&b", "plain", "kept"]) await put(key);
    const named = ["a&amp;b", "&#112;lain", "none"].map((key) => `<Object><Key>${key}</Key></Object>`);
    const { status, text } = await erase(named.join(""));
    expect([status, all(text, "Key")]).toEqual([200, ["a&amp;b", "plain", "none"]]);
    expect(keys()).toEqual(["kept"]);
  });

  it("keeps what is not the version that was asked for, and says so, also when quiet", async () => {
    const { erase, put, keys } = setUp("files");
    const etag = (await put("one")).headers.get("etag")?.replaceAll('"', "&quot;");
    await put("two");
    const named = ["one", "two"].map((key) => `<Object><Key>${key}</Key><ETag>${etag}</ETag></Object>`);
    const { text } = await erase(`${named.join("")}<Quiet>true</Quiet>`);
    expect([all(text, "Key"), all(text, "Code")]).toEqual([["two"], ["PreconditionFailed"]]);
    expect(keys()).toEqual(["two"]);
  });

  it("takes 1,000 keys and refuses one more without deleting any", async () => {
    const { erase, put, keys } = setUp("files");
    await put("k");
    const named = "<Object><Key>k</Key></Object>";
    expect((await erase(named.repeat(1001))).text).toContain("<Code>MalformedXML</Code>");
    expect(keys()).toEqual(["k"]);
    expect((await erase(named.repeat(1000))).status).toBe(200);
  });

  it.each([
    ["without a key", "<Object></Object>", "MalformedXML"],
    ["without an object", "", "MalformedXML"],
    [
      "of an element that S3 does not have",
      "<Object><Key>k</Key></Object><Colour>red</Colour>",
      "MalformedXML",
    ],
    ["with an entity of its own", "<Object><Key>&xxe;</Key></Object>", "MalformedXML"],
    ["that is cut short", "<Object><Key>k</Key>", "MalformedXML"],
    ["of a size", "<Object><Key>k</Key><Size>1</Size></Object>", "NotImplemented"],
  ])("is refused %s", async (_what, content, code) => {
    const { erase, put, keys } = setUp("files");
    await put("k");
    expect((await erase(content)).text).toContain(`<Code>${code}</Code>`);
    expect(keys()).toEqual(["k"]);
  });

  it("needs a checksum, which must fit", async () => {
    const { erase } = setUp("files");
    const named = "<Object><Key>k</Key></Object>";
    expect((await erase(named, {})).text).toContain("<Code>InvalidRequest</Code>");
    expect((await erase(named, { "content-md5": "AAAA" })).text).toContain("<Code>BadDigest</Code>");
  });
});
