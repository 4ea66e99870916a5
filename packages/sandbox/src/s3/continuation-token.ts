import { invalidArgument } from "./errors.ts";

/** Opaque; points to the entries after that name. */
export function makeContinuationToken(name: string): string {
  return Buffer.from(`after:${name}`).toString("base64url");
}

/** @returns the name after which the list continues. @throws {S3Error} InvalidArgument for an unknown token */
export function readContinuationToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith("after:")) throw invalidArgument("The continuation token provided is incorrect");
  return text.slice("after:".length);
}

/** The order of S3's lists: that of the UTF-8 bytes. */
export function compareNames(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
