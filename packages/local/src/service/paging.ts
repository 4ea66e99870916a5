import type { Page } from "./api.ts";
import { ServiceError } from "./service-error.ts";

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;

/** One page of a list. @throws {ServiceError} InvalidToken, ValidationException */
export function takePage<T>(items: readonly T[], page: Page): { items: readonly T[]; nextToken?: string } {
  const size = page.maxResults ?? 0;
  if (!Number.isInteger(size) || size < 0 || size > LARGEST_PAGE) {
    throw new ServiceError(
      "ValidationException",
      `maxResults must be a whole number from 0 to ${LARGEST_PAGE}.`,
    );
  }
  const start = page.nextToken === undefined ? 0 : readToken(page.nextToken);
  const end = start + (size || DEFAULT_PAGE);
  return { items: items.slice(start, end), ...(end < items.length ? { nextToken: makeToken(end) } : {}) };
}

function makeToken(start: number): string {
  return Buffer.from(`from:${start}`).toString("base64url");
}

function readToken(token: string): number {
  const start = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (start === undefined) throw new ServiceError("InvalidToken", "nextToken is not one that was given out.");
  return Number(start);
}
