import { invalidArgument, notImplemented } from "./errors.ts";

const MAX_KEYS = 1000;

/** What the lists of objects and of versions have in common. */
export interface ListParameters {
  readonly prefix: string;
  /** Empty: keys are not grouped. */
  readonly delimiter: string;
  readonly maxKeys: number;
  /** Encodes a key for the answer. */
  readonly encode: (key: string) => string;
}

/** @throws {S3Error} NotImplemented for a parameter that is not known; InvalidArgument */
export function readListParameters(
  query: URLSearchParams,
  operation: string,
  own: readonly string[],
): ListParameters {
  const known = new Set(["prefix", "delimiter", "max-keys", "encoding-type", "x-id", ...own]);
  const unknown = [...query.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) throw notImplemented(`the parameter ${unknown} of ${operation}`);
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    maxKeys: readMaxKeys(query.get("max-keys")),
    encode: query.get("encoding-type") === "url" ? encodeKey : (key) => key,
  };
}

/** The common prefix that replaces the key in a list; null if the key is listed itself. */
export function commonPrefix(key: string, { prefix, delimiter }: ListParameters): string | null {
  const cut = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return cut === -1 ? null : key.slice(0, cut + delimiter.length);
}

function readMaxKeys(text: string | null): number {
  if (text === null) return MAX_KEYS;
  if (!/^\d+$/.test(text)) throw invalidArgument("max-keys is not a number.");
  return Math.min(Number(text), MAX_KEYS);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll("%2F", "/");
}
