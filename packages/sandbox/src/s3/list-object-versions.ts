import { compareNames } from "./continuation-token.ts";
import { invalidArgument } from "./errors.ts";
import { commonPrefix, type ListParameters, readListParameters } from "./list-parameters.ts";
import { ownerElement } from "./owner.ts";
import { type Bucket, isObject, type Version } from "./state.ts";
import { element, rootElement, textElement, xmlResponse } from "./xml.ts";

interface Entry {
  /** Key of the version, or common prefix. */
  readonly name: string;
  readonly version: Version | null;
}

interface Place {
  readonly bucketName: string;
  readonly bucket: Bucket;
  readonly ownerAccountId: string;
}

/** Operation ListObjectVersions. Keys are ordered by their UTF-8 bytes, versions of a key newest first. */
export function listObjectVersions(
  { bucketName, bucket, ownerAccountId }: Place,
  query: URLSearchParams,
): Response {
  const own = ["versions", "key-marker", "version-id-marker"];
  const parameters = readListParameters(query, "ListObjectVersions", own);
  const { prefix, delimiter, maxKeys, encode } = parameters;
  const keyMarker = query.get("key-marker") ?? "";
  const versionIdMarker = query.get("version-id-marker") ?? "";
  if (keyMarker === "" && versionIdMarker !== "")
    throw invalidArgument("A version-id marker cannot be specified without a key marker.");

  const entries = listAfter(collect(bucket, parameters), keyMarker, versionIdMarker);
  const page = entries.slice(0, maxKeys);
  const last = page.length < entries.length ? page.at(-1) : undefined;
  const describe = (entry: Entry) => describeEntry(entry, { bucket, ownerAccountId, encode });
  const content = [
    textElement("Name", bucketName),
    textElement("Prefix", encode(prefix)),
    textElement("KeyMarker", encode(keyMarker)),
    textElement("VersionIdMarker", versionIdMarker),
    ...(delimiter === "" ? [] : [textElement("Delimiter", encode(delimiter))]),
    textElement("MaxKeys", maxKeys),
    textElement("IsTruncated", page.length < entries.length),
    ...(query.has("encoding-type") ? [textElement("EncodingType", "url")] : []),
    ...(last === undefined ? [] : [textElement("NextKeyMarker", encode(last.name))]),
    ...(last?.version ? [textElement("NextVersionIdMarker", last.version.versionId)] : []),
    ...page.map(describe),
  ];
  return xmlResponse(200, rootElement("ListVersionsResult", content.join("")));
}

function collect(bucket: Bucket, parameters: ListParameters): Entry[] {
  const prefixes = new Set<string>();
  const versions: Entry[] = [];
  for (const version of bucket.versions()) {
    if (!version.key.startsWith(parameters.prefix)) continue;
    const prefix = commonPrefix(version.key, parameters);
    if (prefix === null) versions.push({ name: version.key, version });
    else prefixes.add(prefix);
  }
  const grouped = [...prefixes].map((name) => ({ name, version: null }));
  // Sorting is stable: the versions of one key stay as they are.
  return [...versions, ...grouped].toSorted((one, other) => compareNames(one.name, other.name));
}

/** If the marker's version is gone, the rest of its key counts as older, so that deleting page by page continues. */
function listAfter(entries: readonly Entry[], keyMarker: string, versionIdMarker: string): Entry[] {
  const later = entries.filter(({ name }) => compareNames(name, keyMarker) > 0);
  if (versionIdMarker === "") return later;
  const ofKey = entries.filter(({ name, version }) => name === keyMarker && version !== null);
  const marker = ofKey.findIndex(({ version }) => version?.versionId === versionIdMarker);
  return [...ofKey.slice(marker + 1), ...later];
}

function describeEntry(
  { name, version }: Entry,
  place: Pick<Place, "bucket" | "ownerAccountId"> & Pick<ListParameters, "encode">,
): string {
  if (version === null) return element("CommonPrefixes", textElement("Prefix", place.encode(name)));
  const stamp = [
    textElement("Key", place.encode(name)),
    textElement("VersionId", version.versionId),
    textElement("IsLatest", place.bucket.newest(name) === version),
    textElement("LastModified", new Date(version.modifiedAt).toISOString()),
    ownerElement(place.ownerAccountId),
  ].join("");
  if (!isObject(version)) return element("DeleteMarker", stamp);
  const { etag, body } = version;
  const rest = [textElement("ETag", etag), textElement("Size", body.byteLength)].join("");
  return element("Version", stamp + rest + textElement("StorageClass", "STANDARD"));
}
