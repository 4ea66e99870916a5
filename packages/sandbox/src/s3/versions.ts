import type { Random } from "../kernel/random.ts";
import { invalidArgument, methodNotAllowed, noSuchKey, noSuchVersion } from "./errors.ts";
import { type Bucket, isObject, NULL_VERSION, type StoredObject, type Version } from "./state.ts";

const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
const LENGTH = 32;

/** An id for the next version if the bucket's versioning is on; otherwise the null version's. */
export function nextVersionId({ versioning }: Bucket, random: Random): string {
  if (versioning !== "Enabled") return NULL_VERSION;
  const pick = () => CHARACTERS.charAt(Math.floor(random.next() * CHARACTERS.length));
  return Array.from({ length: LENGTH }, pick).join("");
}

/**
 * Checks only the form, not whether there is such a version.
 * @throws {S3Error} InvalidArgument
 */
export function checkVersionId(versionId: string): void {
  if (versionId === "") throw invalidArgument("Version id cannot be the empty string");
  const isWellFormed = versionId === NULL_VERSION || /^[\w.]{32}$/.test(versionId);
  if (!isWellFormed) throw invalidArgument("Invalid version id specified");
}

/**
 * What a reader gets (S3 user guide, "Working with delete markers").
 * @param versionId null: the newest version
 * @throws {S3Error} NoSuchKey, NoSuchVersion, InvalidArgument; MethodNotAllowed when the version is a delete marker
 */
export function findObject(bucket: Bucket, key: string, versionId: string | null): StoredObject {
  if (versionId !== null) checkVersionId(versionId);
  const version = versionId === null ? bucket.newest(key) : bucket.version(key, versionId);
  if (isObject(version)) return version;
  if (version === undefined) throw versionId === null ? noSuchKey() : noSuchVersion();
  const headers = markerHeaders(bucket, version);
  if (versionId === null) throw noSuchKey(headers);
  const lastModified = new Date(version.modifiedAt).toUTCString();
  throw methodNotAllowed({ ...headers, allow: "DELETE", "last-modified": lastModified });
}

/** Empty until versioning is turned on. */
export function versionHeader({ versioning }: Bucket, versionId: string): Record<string, string> {
  return versioning === null ? {} : { "x-amz-version-id": versionId };
}

/** Headers of an answer about a version that is, or was, a delete marker. */
export function markerHeaders(bucket: Bucket, { versionId }: Version): Record<string, string> {
  return { ...versionHeader(bucket, versionId), "x-amz-delete-marker": "true" };
}
