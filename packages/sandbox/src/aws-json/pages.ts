import { createHash } from "node:crypto";
import type { Call } from "./operation.ts";

export interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface PageRules {
  readonly call: Call;
  readonly defaultSize: number;
  /** Creates the error for a token that is not, or is no longer, valid for this operation with these parameters. */
  readonly refuseToken: () => Error;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Present when there is more. */
  readonly next: { readonly NextToken?: string };
}

/** AWS publishes no lifetime of these tokens, only that they expire: an hour is a choice. */
const TOKEN_LIFE_MILLISECONDS = 60 * 60 * 1000;

const TOKEN = /^sandbox-page:(\d+):(\d+):(.+)$/;

/**
 * Cuts one page out of a complete list. The token is opaque, good for an hour, and only for the same operation with the
 * same parameters; `MaxResults` may change.
 * @throws whatever `refuseToken` makes
 */
export function paginate<Item>(
  all: readonly Item[],
  request: PageRequest,
  { call, defaultSize, refuseToken }: PageRules,
): Page<Item> {
  const { MaxResults = defaultSize, NextToken, ...parameters } = request;
  const scope = scopeOf(call.operation, parameters);
  const start = NextToken === undefined ? 0 : readToken(NextToken, { scope, now: call.now });
  if (start === null) throw refuseToken();
  const end = start + MaxResults;
  return {
    items: all.slice(start, end),
    next: end < all.length ? { NextToken: makeToken(end, { scope, now: call.now }) } : {},
  };
}

interface TokenContext {
  readonly scope: string;
  readonly now: number;
}

function makeToken(start: number, { scope, now }: TokenContext): string {
  const text = `sandbox-page:${start}:${now + TOKEN_LIFE_MILLISECONDS}:${scope}`;
  return Buffer.from(text).toString("base64url");
}

function readToken(token: string, { scope, now }: TokenContext): number | null {
  const [, start, expiresAt, tokenScope] = TOKEN.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (tokenScope !== scope || now >= Number(expiresAt)) return null;
  return Number(start);
}

function scopeOf(operation: string, parameters: object): string {
  return createHash("sha256")
    .update(JSON.stringify([operation, parameters]))
    .digest("base64url");
}
