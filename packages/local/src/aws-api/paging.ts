import { ApiError } from "./api-error.ts";

/** One page of a list. @throws {ApiError} ValidationException for a token that was not given out */
export function takePage<T>(
  items: readonly T[],
  size: number,
  token: string | undefined,
): { readonly items: readonly T[]; readonly NextToken?: string } {
  const start = token === undefined ? 0 : readToken(token);
  const end = start + size;
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: makeToken(end) } : {}) };
}

function makeToken(start: number): string {
  return Buffer.from(`from:${start}`).toString("base64url");
}

function readToken(token: string): number {
  const start = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (start === undefined)
    throw new ApiError("ValidationException", "NextToken is not one that was given out.");
  return Number(start);
}
