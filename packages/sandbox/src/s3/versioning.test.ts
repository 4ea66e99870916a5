import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeTestSandbox } from "../../test-support/test-sandbox.ts";
import { Bucket } from "./state.ts";

const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

async function setUp(status: "Enabled" | "Suspended" | null = "Enabled") {
  const { sandbox } = makeTestSandbox();
  sandbox.states.buckets.set("files", new Bucket(0));
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await sandbox.fetch(new Request(`http://127.0.0.1/s3${path}`, { method, ...init }));
    const { headers } = response;
    return {
      status: response.status,
      headers,
      text: await response.text(),
      version: headers.get("x-amz-version-id"),
      marker: headers.get("x-amz-delete-marker"),
    };
  };
  const setVersioning = (content: string) => {
    const body = `<VersioningConfiguration ${NAMESPACE}>${content}</VersioningConfiguration>`;
    return send("PUT", "/files?versioning", { body });
  };
  if (status !== null) await setVersioning(`<Status>${status}</Status>`);
  return {
    send,
    setVersioning,
    put: async (key: string, body: string) => (await send("PUT", `/files/${key}`, { body })).version ?? "",
    erase: (content: string) => {
      const body = `<Delete ${NAMESPACE}>${content}</Delete>`;
      const md5 = createHash("md5").update(body).digest("base64");
      return send("POST", "/files?delete", { body, headers: { "content-md5": md5 } });
    },
  };
}

function all(text: string, name: string): (string | undefined)[] {
  return [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map((match) => match[1]);
}

/** `key version` of each entry, `!` for a delete marker, `*` for the latest one. */
function entries(text: string): string[] {
  return [...text.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)].map(([, kind, content = ""]) => {
    const [key, id, latest] = ["Key", "VersionId", "IsLatest"].map((name) => all(content, name)[0]);
    return `${key} ${id}${kind === "DeleteMarker" ? " !" : ""}${latest === "true" ? " *" : ""}`;
  });
}

describe("versioning of a bucket", () => {
  it("has no status until one is set, and is never off again", async () => {
    const { send, setVersioning } = await setUp(null);
    expect(all((await send("GET", "/files?versioning")).text, "Status")).toEqual([]);
    for (const status of ["Enabled", "Suspended"]) {
      expect((await setVersioning(`<Status>${status}</Status>`)).status).toBe(200);
      expect(all((await send("GET", "/files?versioning")).text, "Status")).toEqual([status]);
    }
  });

  it.each([
    ["", "IllegalVersioningConfigurationException"],
    ["<Status>Off</Status>", "IllegalVersioningConfigurationException"],
    ["<MfaDelete>Enabled</MfaDelete><Status>Enabled</Status>", "NotImplemented"],
  ])("refuses %j", async (content, code) => {
    const { send, setVersioning } = await setUp(null);
    expect((await setVersioning(content)).text).toContain(`<Code>${code}</Code>`);
    expect(all((await send("GET", "/files?versioning")).text, "Status")).toEqual([]);
  });

  it("needs a bucket", async () => {
    const { send } = await setUp();
    for (const path of ["/other?versioning", "/other?versions"])
      expect((await send("GET", path)).text).toContain("<Code>NoSuchBucket</Code>");
  });
});

describe("a versioned object", () => {
  it("keeps every text under an id of its own, and shows the newest to anybody who names none", async () => {
    const { send, put } = await setUp();
    const [one, two] = [await put("k", "one"), await put("k", "two")];
    expect(new Set([one, two]).size).toBe(2);
    expect(one).toMatch(/^[\w.]{32}$/);
    expect(await send("GET", "/files/k")).toMatchObject({ text: "two", version: two });
    expect(await send("GET", `/files/k?versionId=${one}`)).toMatchObject({ text: "one", version: one });
    expect(await send("HEAD", "/files/k")).toMatchObject({ status: 200, version: two });
    expect(await send("HEAD", `/files/k?versionId=${one}`)).toMatchObject({ status: 200, version: one });
  });

  it("has the same ids again in a sandbox of the same seed", async () => {
    const [first, again] = [await setUp(), await setUp()];
    expect(await first.put("k", "one")).toBe(await again.put("k", "one"));
  });

  it("is hidden by a delete marker, and shown again when the marker is deleted", async () => {
    const { send, put } = await setUp();
    const version = await put("k", "one");
    const deleted = await send("DELETE", "/files/k");
    expect(deleted).toMatchObject({ status: 204, marker: "true" });
    expect(await send("GET", "/files/k")).toMatchObject({
      status: 404,
      version: deleted.version,
      marker: "true",
    });
    expect(await send("HEAD", "/files/k")).toMatchObject({ status: 404, text: "", marker: "true" });
    expect((await send("GET", "/files?list-type=2")).text).not.toContain("<Key>");
    expect((await send("GET", `/files/k?versionId=${version}`)).text).toBe("one");
    const undeleted = await send("DELETE", `/files/k?versionId=${deleted.version}`);
    expect(undeleted).toMatchObject({ status: 204, version: deleted.version, marker: "true" });
    expect((await send("GET", "/files/k")).text).toBe("one");
  });

  it("cannot be read as the delete marker that hides it", async () => {
    const { send, put } = await setUp();
    await put("k", "one");
    const { version } = await send("DELETE", "/files/k");
    const got = await send("GET", `/files/k?versionId=${version}`);
    expect(got).toMatchObject({ status: 405, version, marker: "true" });
    expect(got.headers.get("allow")).toBe("DELETE");
    expect((await send("HEAD", `/files/k?versionId=${version}`)).status).toBe(405);
  });

  it("loses one version for good when that one is deleted, also twice", async () => {
    const { send, put } = await setUp();
    const [one, two] = [await put("k", "one"), await put("k", "two")];
    for (const _ of [1, 2])
      expect(await send("DELETE", `/files/k?versionId=${two}`)).toMatchObject({ status: 204, version: two });
    expect(await send("GET", "/files/k")).toMatchObject({ text: "one", version: one });
    expect((await send("GET", `/files/k?versionId=${two}`)).text).toContain("<Code>NoSuchVersion</Code>");
  });

  it("has only its own versions", async () => {
    const { send, put } = await setUp();
    const version = await put("k", "one");
    expect((await send("GET", `/files/other?versionId=${version}`)).text).toContain("NoSuchVersion");
    expect(await send("HEAD", `/files/other?versionId=${version}`)).toMatchObject({ status: 404, text: "" });
  });

  it.each(["GET", "DELETE"])("is not reached by %s with what is no version id", async (method) => {
    const { send, put } = await setUp();
    await put("k", "one");
    for (const versionId of ["", "made-up"])
      expect((await send(method, `/files/k?versionId=${versionId}`)).text).toContain("InvalidArgument");
    expect((await send("HEAD", "/files/k?versionId=made-up")).status).toBe(400);
  });

  it("can be made only once again after it was deleted", async () => {
    const { send, put } = await setUp();
    await put("k", "one");
    await send("DELETE", "/files/k");
    const once = { body: "two", headers: { "if-none-match": "*" } };
    expect((await send("PUT", "/files/k", once)).status).toBe(200);
    expect((await send("PUT", "/files/k", once)).status).toBe(412);
  });

  it("is hidden or loses a version in a deletion of several", async () => {
    const { send, put, erase } = await setUp();
    const [a, b] = [await put("a", "a"), await put("b", "b")];
    const { text } = await erase(
      `<Object><Key>a</Key></Object><Object><Key>b</Key><VersionId>${b}</VersionId></Object>`,
    );
    expect([all(text, "VersionId"), all(text, "DeleteMarker")]).toEqual([[b], ["true"]]);
    const [marker] = all(text, "DeleteMarkerVersionId");
    expect(entries((await send("GET", "/files?versions")).text)).toEqual([`a ${marker} ! *`, `a ${a}`]);
  });
});

describe("an object of a bucket that does not keep versions", () => {
  it("has no version id and is gone when it is deleted", async () => {
    const { send } = await setUp(null);
    expect((await send("PUT", "/files/k", { body: "one" })).version).toBeNull();
    expect(await send("GET", "/files/k?versionId=null")).toMatchObject({ text: "one", version: null });
    expect(await send("DELETE", "/files/k")).toMatchObject({ status: 204, version: null, marker: null });
    expect(entries((await send("GET", "/files?versions")).text)).toEqual([]);
  });

  it("becomes the null version once versioning is on, and stays", async () => {
    const { send, put, setVersioning } = await setUp(null);
    await put("k", "before");
    await setVersioning("<Status>Enabled</Status>");
    expect((await send("GET", "/files/k")).version).toBe("null");
    await put("k", "after");
    expect((await send("GET", "/files/k?versionId=null")).text).toBe("before");
  });

  it("is replaced under the null version while versioning is suspended, and others stay", async () => {
    const { send, put, setVersioning } = await setUp();
    const kept = await put("k", "kept");
    await setVersioning("<Status>Suspended</Status>");
    expect([await put("k", "one"), await put("k", "two")]).toEqual(["null", "null"]);
    const listed = async () => entries((await send("GET", "/files?versions")).text);
    expect(await listed()).toEqual(["k null *", `k ${kept}`]);
    expect(await send("DELETE", "/files/k")).toMatchObject({ version: "null", marker: "true" });
    expect(await listed()).toEqual(["k null ! *", `k ${kept}`]);
  });
});

describe("the list of versions", () => {
  it("has all by key, the newest first, and says which are the latest", async () => {
    const { send, put } = await setUp();
    const [b1, a1, b2] = [await put("b", "1"), await put("a", "1"), await put("b", "22")];
    const { version: marker } = await send("DELETE", "/files/a");
    const { text } = await send("GET", "/files?versions&encoding-type=url");
    expect(entries(text)).toEqual([`a ${marker} ! *`, `a ${a1}`, `b ${b2} *`, `b ${b1}`]);
    expect([all(text, "Size"), all(text, "IsTruncated")]).toEqual([["1", "2", "1"], ["false"]]);
  });

  it("comes page by page, also through the versions of one key", async () => {
    const { send, put } = await setUp();
    const ids = [await put("k", "1"), await put("k", "2"), await put("k", "3"), await put("l", "4")];
    const [k1, k2, k3, l] = ids;
    const first = (await send("GET", "/files?versions&max-keys=2")).text;
    expect(entries(first)).toEqual([`k ${k3} *`, `k ${k2}`]);
    expect([all(first, "NextKeyMarker"), all(first, "NextVersionIdMarker")]).toEqual([["k"], [k2]]);
    const next = `/files?versions&key-marker=k&version-id-marker=${k2}`;
    expect(entries((await send("GET", next)).text)).toEqual([`k ${k1}`, `l ${l} *`]);
    expect(entries((await send("GET", "/files?versions&key-marker=k")).text)).toEqual([`l ${l} *`]);
    for (const id of [k3, k2]) await send("DELETE", `/files/k?versionId=${id}`);
    expect(entries((await send("GET", next)).text)).toEqual([`k ${k1} *`, `l ${l} *`]);
  });

  it("takes a prefix and groups by a delimiter", async () => {
    const { send, put } = await setUp();
    const top = await put("top", "1");
    for (const key of ["a/1", "a/1", "a/2"]) await put(key, "x");
    const { text } = await send("GET", "/files?versions&delimiter=/");
    expect([entries(text), all(text, "Prefix").filter(Boolean)]).toEqual([[`top ${top} *`], ["a/"]]);
    expect(entries((await send("GET", "/files?versions&prefix=a/1")).text)).toHaveLength(2);
  });

  it("refuses a version to start after without its key, and what is not imitated", async () => {
    const { send } = await setUp();
    expect((await send("GET", "/files?versions&version-id-marker=x")).text).toContain("InvalidArgument");
    expect((await send("GET", "/files?versions&start-after=k")).status).toBe(501);
  });
});
