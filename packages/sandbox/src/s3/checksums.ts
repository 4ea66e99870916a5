import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { badDigest, notImplemented } from "./errors.ts";

type Headers = Readonly<Record<string, string>>;

const PREFIX = "x-amz-checksum-";

const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  crc32: (bytes) => {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(crc32(bytes));
    return buffer.toString("base64");
  },
  sha1: (bytes) => createHash("sha1").update(bytes).digest("base64"),
  sha256: (bytes) => createHash("sha256").update(bytes).digest("base64"),
};

/**
 * Checks the client's checksum and returns the header to store with the object.
 * @throws {S3Error} BadDigest; NotImplemented for an algorithm that is not imitated
 */
export function checkBody(bytes: Uint8Array, headers: Headers): Record<string, string> {
  const md5 = headers["content-md5"];
  if (md5 !== undefined && md5 !== createHash("md5").update(bytes).digest("base64"))
    throw badDigest("Content-MD5");
  const kept: Record<string, string> = {};
  for (const [name, expected] of Object.entries(headers)) {
    if (!name.startsWith(PREFIX)) continue;
    const algorithm = name.slice(PREFIX.length);
    const compute = ALGORITHMS[algorithm];
    if (compute === undefined) throw notImplemented(`the checksum algorithm ${algorithm}`);
    if (compute(bytes) !== expected) throw badDigest(algorithm.toUpperCase());
    kept[name] = expected;
  }
  return kept;
}

export function etagOf(bytes: Uint8Array): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
