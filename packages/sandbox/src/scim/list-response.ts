import { validation } from "./errors.ts";

const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const MOST = 100;

/** Standard SCIM parameters that AWS ignores; clients such as Entra send them. */
const IGNORED = new Set(["startIndex", "attributes", "excludedAttributes", "sortBy", "sortOrder"]);
const KNOWN = new Set(["cursor", "count", "filter"]);

export interface ListQuery {
  readonly collection: "Users" | "Groups";
  readonly cursor: string | null;
  readonly count: number;
  readonly filter: string | null;
}

/** @throws {ScimError} ValidationException */
export function parseListQuery(collection: ListQuery["collection"], query: URLSearchParams): ListQuery {
  const unknown = [...query.keys()].find((name) => !KNOWN.has(name) && !IGNORED.has(name));
  if (unknown !== undefined) throw validation(`Unknown query parameter ${unknown}`);
  const countText = query.get("count");
  if (countText !== null && !/^([1-9]\d?|100)$/.test(countText))
    throw validation("count must be from 1 to 100");
  return {
    collection,
    cursor: query.get("cursor"),
    count: countText === null ? MOST : Number(countText),
    filter: query.get("filter"),
  };
}

/** A list that is always complete, such as the one of schemas. */
export function completeList(resources: readonly object[]): Record<string, unknown> {
  const total = resources.length;
  return {
    schemas: [LIST_SCHEMA],
    totalResults: total,
    itemsPerPage: total,
    startIndex: 1,
    Resources: resources,
  };
}

/**
 * Cursor pagination if requested; otherwise one answer of at most 100, whose `totalResults` does not prove that there are no
 * more (AWS SCIM developer guide, ListUsers and ListGroups).
 * @throws {ScimError} ValidationException for a cursor of another filter
 */
export function listResponse(
  resources: readonly Record<string, unknown>[],
  query: ListQuery,
): Record<string, unknown> {
  const { cursor, count } = query;
  if (cursor === null) {
    return completeList(resources.slice(0, count));
  }
  const offset = cursor === "" ? 0 : readCursor(cursor, query);
  const Resources = resources.slice(offset, offset + count);
  const end = offset + Resources.length;
  return {
    itemsPerPage: Resources.length,
    ...(end < resources.length && { nextCursor: makeCursor(end, query) }),
    schemas: [LIST_SCHEMA],
    Resources,
  };
}

function makeCursor(offset: number, { collection, filter }: ListQuery): string {
  return Buffer.from(`${collection}:${offset}:${filter ?? ""}`).toString("base64url");
}

function readCursor(cursor: string, { collection, filter }: ListQuery): number {
  const match = /^(\w+):(\d+):(.*)$/s.exec(Buffer.from(cursor, "base64url").toString());
  if (match?.[1] !== collection) throw validation("Invalid cursor");
  if (match[3] !== (filter ?? "")) throw validation("The filter changed between pages");
  return Number(match[2]);
}
