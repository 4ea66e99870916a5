import { compareNames, makeContinuationToken, readContinuationToken } from "./continuation-token.ts";
import { invalidArgument, notImplemented } from "./errors.ts";
import type { Bucket, StoredObject } from "./state.ts";
import { element, textElement, xmlResponse } from "./xml.ts";

const MAX_KEYS = 1000;

const PARAMETERS = new Set([
  "list-type",
  "prefix",
  "delimiter",
  "max-keys",
  "continuation-token",
  "start-after",
  "encoding-type",
  "x-id",
]);

interface Entry {
  /** Key of the object, or common prefix. */
  readonly name: string;
  readonly object: StoredObject | null;
}

/** Operation ListObjectsV2. Keys come in the order of their UTF-8 bytes. */
export function listObjects(bucketName: string, bucket: Bucket, query: URLSearchParams): Response {
  const unknown = [...query.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) throw notImplemented(`the parameter ${unknown} of ListObjectsV2`);
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const after = token === null ? (startAfter ?? "") : readContinuationToken(token);
  const maxKeys = readMaxKeys(query.get("max-keys"));
  const encode = query.get("encoding-type") === "url" ? encodeKey : (text: string) => text;

  const entries = collect(bucket, { prefix, delimiter }).filter(({ name }) => compareNames(name, after) > 0);
  const page = entries.slice(0, maxKeys);
  const isTruncated = page.length < entries.length;
  const last = page.at(-1);
  return xmlResponse(
    200,
    element(
      "ListBucketResult",
      [
        textElement("Name", bucketName),
        textElement("Prefix", encode(prefix)),
        ...(delimiter === "" ? [] : [textElement("Delimiter", encode(delimiter))]),
        textElement("MaxKeys", maxKeys),
        textElement("KeyCount", page.length),
        textElement("IsTruncated", isTruncated),
        ...(query.has("encoding-type") ? [textElement("EncodingType", "url")] : []),
        ...(token === null ? [] : [textElement("ContinuationToken", token)]),
        ...(startAfter === null ? [] : [textElement("StartAfter", encode(startAfter))]),
        ...(isTruncated && last !== undefined
          ? [textElement("NextContinuationToken", makeContinuationToken(last.name))]
          : []),
        ...page.map((entry) => describe(entry, encode)),
      ].join(""),
    ).replace("<ListBucketResult>", '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'),
  );
}

function collect(bucket: Bucket, { prefix, delimiter }: { prefix: string; delimiter: string }): Entry[] {
  const entries = new Map<string, Entry>();
  for (const object of bucket.values()) {
    if (!object.key.startsWith(prefix)) continue;
    const cut = delimiter === "" ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = cut === -1 ? object.key : object.key.slice(0, cut + delimiter.length);
    entries.set(name, { name, object: cut === -1 ? object : null });
  }
  return [...entries.values()].toSorted((one, other) => compareNames(one.name, other.name));
}

function describe({ name, object }: Entry, encode: (text: string) => string): string {
  if (object === null) return element("CommonPrefixes", textElement("Prefix", encode(name)));
  const { etag, modifiedAt, body } = object;
  return element(
    "Contents",
    [
      textElement("Key", encode(name)),
      textElement("LastModified", new Date(modifiedAt).toISOString()),
      textElement("ETag", etag),
      textElement("Size", body.byteLength),
      textElement("StorageClass", "STANDARD"),
    ].join(""),
  );
}

function readMaxKeys(text: string | null): number {
  if (text === null) return MAX_KEYS;
  if (!/^\d+$/.test(text)) throw invalidArgument("max-keys is not a number.");
  return Math.min(Number(text), MAX_KEYS);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll("%2F", "/");
}
