import { notImplemented, S3Error } from "./errors.ts";

/** Amazon headers that carry the request itself and change nothing about the object. */
const CARRIERS = new Set([
  "x-amz-algorithm",
  "x-amz-checksum-mode",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-decoded-content-length",
  "x-amz-expected-bucket-owner",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-security-token",
  "x-amz-server-side-encryption",
  "x-amz-trailer",
  "x-amz-user-agent",
]);

/** Headers that S3 stores with the object and returns. */
const KEPT = ["content-type", "content-language", "content-disposition", "cache-control", "expires"];

/**
 * Refuses what the sandbox would have to ignore, as S3 refuses headers that it does not support.
 * @throws {S3Error} NotImplemented; AccessDenied when the expected bucket owner is another account
 */
export function checkHeaders(headers: Headers, ownerAccountId: string): void {
  const foreign = [...headers.keys()].find(
    (name) =>
      name === "range" ||
      (name.startsWith("x-amz-") &&
        !CARRIERS.has(name) &&
        !name.startsWith("x-amz-meta-") &&
        !name.startsWith("x-amz-checksum-")),
  );
  if (foreign !== undefined) throw notImplemented(`the header ${foreign}`);
  const owner = headers.get("x-amz-expected-bucket-owner");
  if (owner !== null && owner !== ownerAccountId) throw new S3Error(403, "AccessDenied", "Access Denied");
}

/**
 * What is stored with an object: content headers, user metadata, encryption. `aws-chunked` concerns the transfer and is
 * dropped.
 */
export function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    const isKept =
      KEPT.includes(name) || name.startsWith("x-amz-meta-") || name === "x-amz-server-side-encryption";
    if (isKept) kept[name] = value;
  }
  kept["content-type"] ??= "application/octet-stream";
  kept["x-amz-server-side-encryption"] ??= "AES256";
  const encodings = (headers.get("content-encoding") ?? "").split(",").map((encoding) => encoding.trim());
  const encoding = encodings.filter((one) => one !== "" && one !== "aws-chunked").join(",");
  if (encoding !== "") kept["content-encoding"] = encoding;
  return kept;
}
