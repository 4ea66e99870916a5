import { validation } from "./errors.ts";

const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const MOST = 100;

/** Standard SCIM parameters that AWS takes without effect, because clients such as Entra send them. */
const IGNORED = new Set(["startIndex", "attributes", "excludedAttributes", "sortBy", "sortOrder"]);
const KNOWN = new Set(["cursor", "count", "filter"]);

export interface ListQuery {
  readonly cursor: string | null;
  readonly count: number;
  readonly filter: string | null;
}

/** @throws {ScimError} ValidationException */
export function parseListQuery(query: URLSearchParams): ListQuery {
  const unknown = [...query.keys()].find((name) => !KNOWN.has(name) && !IGNORED.has(name));
  if (unknown !== undefined) throw validation(`Unknown query parameter ${unknown}`);
  const countText = query.get("count");
  if (countText !== null && !/^([1-9]\d?|100)$/.test(countText))
    throw validation("count must be from 1 to 100");
  return {
    cursor: query.get("cursor"),
    count: countText === null ? MOST : Number(countText),
    filter: query.get("filter"),
  };
}

/**
 * Cursor pagination when asked for; otherwise one answer of at most 100, whose `totalResults` is no evidence
 * that there is no
 * more (AWS SCIM developer guide, ListUsers and ListGroups).
 * @throws {ScimError} ValidationException for a cursor of another filter
 */
export function listResponse(
  resources: readonly Record<string, unknown>[],
  query: ListQuery,
): Record<string, unknown> {
  const { cursor, count, filter } = query;
  if (cursor === null) {
    const Resources = resources.slice(0, count);
    const total = Resources.length;
    return { totalResults: total, itemsPerPage: total, startIndex: 1, schemas: [LIST_SCHEMA], Resources };
  }
  const offset = cursor === "" ? 0 : readCursor(cursor, filter);
  const Resources = resources.slice(offset, offset + count);
  const end = offset + Resources.length;
  return {
    itemsPerPage: Resources.length,
    ...(end < resources.length && { nextCursor: makeCursor(end, filter) }),
    schemas: [LIST_SCHEMA],
    Resources,
  };
}

function makeCursor(offset: number, filter: string | null): string {
  return Buffer.from(`cursor:${offset}:${filter ?? ""}`).toString("base64url");
}

function readCursor(cursor: string, filter: string | null): number {
  const match = /^cursor:(\d+):(.*)$/s.exec(Buffer.from(cursor, "base64url").toString());
  if (match?.[1] === undefined) throw validation("Invalid cursor");
  if (match[2] !== (filter ?? "")) throw validation("The filter changed between pages");
  return Number(match[1]);
}
