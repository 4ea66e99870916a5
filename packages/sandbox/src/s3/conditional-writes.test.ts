import { describe, expect, it } from "vitest";
import { CallLog } from "../kernel/calls.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { Random } from "../kernel/random.ts";
import { makeS3 } from "./routes.ts";
import { Bucket, Buckets } from "./state.ts";

const KERNEL: Kernel = {
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  random: new Random(1),
  calls: new CallLog(),
  region: "eu-central-1",
  network: () => Promise.reject(new TypeError("no network")),
};

function setUp() {
  const buckets = new Buckets([["files", new Bucket(0)]]);
  const s3 = makeS3(KERNEL, buckets, "111111111111");
  const send = async (method: string, init: RequestInit = {}) =>
    (await s3.fetch(new Request("http://s3/files/k", { method, ...init }))).status;
  /** A put whose body arrives when `finish` is called. */
  const putSlowly = (headers: Record<string, string>) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const status = send("PUT", { headers, body: readable, duplex: "half" });
    const finish = async () => {
      const writer = writable.getWriter();
      await Promise.all([writer.write(Buffer.from("late")), writer.close()]);
      return status;
    };
    return { finish };
  };
  return { send, putSlowly, text: () => Buffer.from(buckets.get("files")?.get("k")?.body ?? []).toString() };
}

describe("a conditional write of S3", () => {
  it("conflicts with a delete that came while its body was on the way", async () => {
    const { send, putSlowly } = setUp();
    await send("PUT", { body: "old" });
    const put = putSlowly({ "if-none-match": "*" });
    await send("DELETE");
    expect(await put.finish()).toBe(409);
    expect(await send("PUT", { body: "new", headers: { "if-none-match": "*" } })).toBe(200);
  });

  it("loses to a write that was finished first", async () => {
    const { send, putSlowly, text } = setUp();
    const put = putSlowly({ "if-none-match": "*" });
    await send("PUT", { body: "first", headers: { "if-none-match": "*" } });
    expect(await put.finish()).toBe(412);
    expect(text()).toBe("first");
  });

  it("does not find what was deleted while it was to be replaced", async () => {
    const { send, putSlowly } = setUp();
    await send("PUT", { body: "old" });
    const put = putSlowly({ "if-match": "*" });
    await send("DELETE");
    expect(await put.finish()).toBe(404);
  });

  it("without a condition the last one wins", async () => {
    const { send, putSlowly, text } = setUp();
    const put = putSlowly({});
    await send("PUT", { body: "first" });
    expect(await put.finish()).toBe(200);
    expect(text()).toBe("late");
  });
});
