import { checkBody, etagOf } from "./checksums.ts";
import { decodeChunkedBody, type DecodedBody } from "./chunked-body.ts";
import {
  conditionalConflict,
  invalidArgument,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  S3Error,
} from "./errors.ts";
import { keptHeaders } from "./headers.ts";
import type { Random } from "../kernel/random.ts";
import { type Bucket, isObject, NULL_VERSION, type StoredObject, type Version } from "./state.ts";
import { checkVersionId, findObject, markerHeaders, nextVersionId, versionHeader } from "./versions.ts";

/** S3 accepts up to 5 GB in one request; a laptop does not have to. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface ObjectRequest {
  readonly bucket: Bucket;
  readonly key: string;
  readonly request: Request;
  readonly place: WritePlace;
}

/** The context of a write. */
export interface WritePlace {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Source of version ids. */
  readonly versionIds: Random;
}

/**
 * Operation PutObject. The condition is checked after the body has arrived, in one step with the write; a delete in between
 * makes it a conflict (S3 user guide, "Conditional requests").
 */
export async function putObject(
  { bucket, key, request, place }: ObjectRequest,
  onWrite: (object: StoredObject) => void,
): Promise<Response> {
  const before = bucket.get(key);
  const { bytes, trailers } = await readBody(request);
  const checksum = checkBody(bytes, { ...Object.fromEntries(request.headers), ...trailers });
  const existing = bucket.get(key);
  const isDeleted = before !== undefined && existing === undefined;
  if (isDeleted && request.headers.has("if-none-match")) throw conditionalConflict();
  checkWriteCondition(existing, request.headers);
  const object: StoredObject = {
    key,
    versionId: nextVersionId(bucket, place.versionIds),
    body: bytes,
    etag: etagOf(bytes),
    modifiedAt: place.now,
    headers: keptHeaders(request.headers),
    checksum,
  };
  bucket.add(object);
  onWrite(object);
  return new Response(null, {
    status: 200,
    headers: {
      etag: object.etag,
      ...versionHeader(bucket, object.versionId),
      ...checksumHeaders(object),
      ...encryptionHeader(object),
    },
  });
}

/** Operations GetObject and HeadObject. */
export function getObject({ bucket, key, request }: ObjectRequest): Response {
  const object = findObject(bucket, key, versionIdOf(request));
  const version = versionHeader(bucket, object.versionId);
  const { headers } = request;
  const ifMatch = headers.get("if-match");
  if (ifMatch !== null && !matches(ifMatch, object)) throw preconditionFailed();
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null && matches(ifNoneMatch, object)) {
    return new Response(null, { status: 304, headers: { etag: object.etag, ...version } });
  }
  const wantsChecksum = headers.get("x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  return new Response(request.method === "HEAD" ? null : object.body, {
    status: 200,
    headers: {
      ...object.headers,
      ...version,
      "accept-ranges": "bytes",
      "content-length": String(object.body.byteLength),
      etag: object.etag,
      "last-modified": new Date(object.modifiedAt).toUTCString(),
      ...(wantsChecksum && checksumHeaders(object)),
    },
  });
}

/** Operation DeleteObject: deleting what is not there succeeds too. */
export function deleteObject({ bucket, key, request, place }: ObjectRequest): Response {
  const versionId = versionIdOf(request);
  const deleted = deleteFrom(bucket, { key, versionId, etag: request.headers.get("if-match") }, place);
  const headers = deleted?.body === null ? markerHeaders(bucket, deleted) : {};
  const named = versionId === null ? {} : versionHeader(bucket, versionId);
  return new Response(null, { status: 204, headers: { ...named, ...headers } });
}

export interface Deletion {
  readonly key: string;
  /** The version to remove permanently; null: hides the object behind a delete marker, if the bucket keeps versions. */
  readonly versionId: string | null;
  /** The etag that the object must have; null: any, or no object at all. */
  readonly etag: string | null;
}

/**
 * @returns the new delete marker, or the removed version, if there was one
 * @throws {S3Error} NoSuchKey, PreconditionFailed, InvalidArgument
 */
export function deleteFrom(
  bucket: Bucket,
  { key, versionId, etag }: Deletion,
  { now, versionIds }: WritePlace,
): Version | undefined {
  if (versionId !== null) checkVersionId(versionId);
  if (etag !== null) {
    const object = versionId === null ? bucket.get(key) : bucket.version(key, versionId);
    if (!isObject(object)) throw noSuchKey();
    if (!matches(etag, object)) throw preconditionFailed();
  }
  if (versionId !== null) return bucket.removeVersion(key, versionId);
  if (bucket.versioning === null) return bucket.removeVersion(key, NULL_VERSION);
  const marker = { key, versionId: nextVersionId(bucket, versionIds), modifiedAt: now, body: null };
  bucket.add(marker);
  return marker;
}

function versionIdOf(request: Request): string | null {
  return new URL(request.url).searchParams.get("versionId");
}

async function readBody(request: Request): Promise<DecodedBody> {
  const raw = new Uint8Array(await request.arrayBuffer());
  if (raw.byteLength > MAX_BYTES) {
    throw new S3Error(400, "EntityTooLarge", `The sandbox keeps objects up to ${MAX_BYTES} bytes.`);
  }
  const isChunked =
    request.headers.get("x-amz-content-sha256")?.startsWith("STREAMING-") === true ||
    request.headers.get("content-encoding")?.includes("aws-chunked") === true;
  const body = isChunked ? decodeChunkedBody(raw) : { bytes: raw, trailers: {} };
  const promised = request.headers.get("x-amz-decoded-content-length");
  if (promised !== null && Number(promised) !== body.bytes.byteLength) {
    throw new S3Error(
      400,
      "IncompleteBody",
      "The request body does not have the length in x-amz-decoded-content-length.",
    );
  }
  return body;
}

/**
 * Conditional writes (S3 user guide): `If-None-Match: *` creates only, `If-Match` replaces only that
 * version.
 */
function checkWriteCondition(existing: StoredObject | undefined, headers: Headers): void {
  const ifNoneMatch = headers.get("if-none-match");
  const ifMatch = headers.get("if-match");
  if (ifNoneMatch !== null && ifMatch !== null)
    throw invalidArgument("Send If-Match or If-None-Match, not both.");
  if (ifNoneMatch !== null) {
    if (ifNoneMatch !== "*") throw notImplemented("If-None-Match with anything but * on a write");
    if (existing !== undefined) throw preconditionFailed();
  }
  if (ifMatch === null) return;
  if (existing === undefined) throw noSuchKey();
  if (!matches(ifMatch, existing)) throw preconditionFailed();
}

function matches(condition: string, { etag }: StoredObject): boolean {
  const bare = etag.replaceAll('"', "");
  return condition.split(",").some((one) => ["*", bare].includes(one.trim().replaceAll('"', "")));
}

function checksumHeaders({ checksum }: StoredObject): Record<string, string> {
  if (Object.keys(checksum).length === 0) return {};
  return { ...checksum, "x-amz-checksum-type": "FULL_OBJECT" };
}

function encryptionHeader({ headers }: StoredObject): Record<string, string> {
  const name = "x-amz-server-side-encryption";
  return { [name]: headers[name] ?? "AES256" };
}
