import { compareNames, makeContinuationToken, readContinuationToken } from "./continuation-token.ts";
import { commonPrefix, type ListParameters, readListParameters } from "./list-parameters.ts";
import type { Bucket, StoredObject } from "./state.ts";
import { element, rootElement, textElement, xmlResponse } from "./xml.ts";

interface Entry {
  /** Key of the object, or common prefix. */
  readonly name: string;
  readonly object: StoredObject | null;
}

/** Operation ListObjectsV2. Keys are ordered by their UTF-8 bytes. */
export function listObjects(bucketName: string, bucket: Bucket, query: URLSearchParams): Response {
  const own = ["list-type", "continuation-token", "start-after"];
  const parameters = readListParameters(query, "ListObjectsV2", own);
  const { prefix, delimiter, maxKeys, encode } = parameters;
  const token = query.get("continuation-token");
  const startAfter = query.get("start-after");
  const after = token === null ? (startAfter ?? "") : readContinuationToken(token);

  const entries = collect(bucket, parameters).filter(({ name }) => compareNames(name, after) > 0);
  const page = entries.slice(0, maxKeys);
  const isTruncated = page.length < entries.length;
  const last = page.at(-1);
  const content = [
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
  ];
  return xmlResponse(200, rootElement("ListBucketResult", content.join("")));
}

function collect(bucket: Bucket, parameters: ListParameters): Entry[] {
  const entries = new Map<string, Entry>();
  for (const object of bucket.objects()) {
    if (!object.key.startsWith(parameters.prefix)) continue;
    const prefix = commonPrefix(object.key, parameters);
    const name = prefix ?? object.key;
    entries.set(name, { name, object: prefix === null ? object : null });
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
