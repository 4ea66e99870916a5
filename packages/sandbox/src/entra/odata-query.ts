import { badRequest, notImplemented } from "./errors.ts";
import { type Filter, parseFilter } from "./odata-filter.ts";

/** The OData system options of a request; null or false when absent. */
export interface Query {
  readonly select: readonly string[] | null;
  readonly filter: Filter | null;
  readonly search: { readonly property: string; readonly text: string } | null;
  readonly orderBy: { readonly property: string; readonly descending: boolean } | null;
  readonly top: number;
  readonly count: boolean;
  readonly skip: number;
  /** Whether the request asks for advanced query capabilities (`ConsistencyLevel: eventual`). */
  readonly eventual: boolean;
}

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 999;
const OPTIONS = new Set(["$select", "$filter", "$search", "$orderby", "$top", "$count", "$skiptoken"]);

/** @throws {GraphRefusal} 400 for a malformed option, 501 for one that the sandbox does not imitate */
export function parseQuery(parameters: URLSearchParams, eventual: boolean): Query {
  const foreign = [...parameters.keys()].find((name) => name.startsWith("$") && !OPTIONS.has(name));
  if (foreign) throw notImplemented(`the query option '${foreign}' here`);
  const filter = parameters.get("$filter");
  const select = parameters.get("$select");
  return {
    select: select === null ? null : select.split(",").map((name) => name.trim()),
    filter: filter === null ? null : parseFilter(filter),
    search: parseSearch(parameters.get("$search")),
    orderBy: parseOrderBy(parameters.get("$orderby")),
    top: parseTop(parameters.get("$top")),
    count: parameters.get("$count") === "true",
    skip: parseSkipToken(parameters.get("$skiptoken")),
    eventual,
  };
}

function parseSearch(text: string | null): Query["search"] {
  if (text === null) return null;
  const clause = /^\s*"(\w+):([^"]+)"\s*$/.exec(text);
  if (clause?.[1] && clause[2]) return { property: clause[1], text: clause[2].trim().toLowerCase() };
  throw notImplemented(`the form of $search '${text}', only "property:text" in quotes`);
}

function parseOrderBy(text: string | null): Query["orderBy"] {
  if (text === null) return null;
  const clause = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/.exec(text);
  if (clause?.[1]) return { property: clause[1], descending: clause[2] === "desc" };
  throw notImplemented(`the form of $orderby '${text}', only one property`);
}

function parseTop(text: string | null): number {
  if (text === null) return DEFAULT_PAGE;
  const top = Number(text);
  if (Number.isInteger(top) && top >= 1 && top <= LARGEST_PAGE) return top;
  throw badRequest(
    `Invalid page size specified: '${text}'. Must be between 1 and ${LARGEST_PAGE} inclusive.`,
  );
}

function parseSkipToken(text: string | null): number {
  if (text === null) return 0;
  const skip = Number(Buffer.from(text, "base64url").toString("utf8"));
  if (Number.isInteger(skip) && skip > 0) return skip;
  throw badRequest("The skip token is malformed.");
}
