import type { Page } from "./api.ts";
import { ServiceError } from "./service-error.ts";

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;
/** [GetExecutionHistory: nextToken] */
const TOKEN_MILLISECONDS = 24 * 3_600_000;

/**
 * One page of a list.
 * @param now milliseconds since the epoch
 * @throws {ServiceError} InvalidToken, ValidationException
 */
export function takePage<T>(
  items: readonly T[],
  page: Page,
  now: number,
): { items: readonly T[]; nextToken?: string } {
  const size = page.maxResults ?? 0;
  if (!Number.isInteger(size) || size < 0 || size > LARGEST_PAGE) {
    throw new ServiceError(
      "ValidationException",
      `maxResults must be a whole number from 0 to ${LARGEST_PAGE}.`,
    );
  }
  const start = page.nextToken === undefined ? 0 : readToken(page.nextToken, now);
  const end = start + (size || DEFAULT_PAGE);
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { nextToken: makeToken(end, now) } : {}),
  };
}

function makeToken(start: number, now: number): string {
  return Buffer.from(`from:${start}:${Math.floor(now)}`).toString("base64url");
}

function readToken(token: string, now: number): number {
  const [, start, issued] = /^from:(\d+):(\d+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (start !== undefined && now - Number(issued) <= TOKEN_MILLISECONDS) return Number(start);
  throw new ServiceError(
    "InvalidToken",
    "Invalid Token: nextToken is older than 24 hours, or was never given out.",
  );
}
