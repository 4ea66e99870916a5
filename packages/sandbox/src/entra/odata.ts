import { badRequest, unsupportedQuery } from "./errors.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Filter {
  readonly property: string;
  readonly value: string;
}

/** The OData system options of a request; null or false when absent. */
export interface Query {
  readonly select: readonly string[] | null;
  readonly filter: Filter | null;
  readonly top: number;
  readonly count: boolean;
  readonly skip: number;
}

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 999;
const GRAPH = "https://graph.microsoft.com/v1.0";
const OPTIONS = new Set(["$select", "$filter", "$top", "$count", "$skiptoken"]);

/** @throws {GraphRefusal} 400 for an option or a form of `$filter` that the sandbox does not imitate */
export function parseQuery(parameters: URLSearchParams): Query {
  const foreign = [...parameters.keys()].find((name) => name.startsWith("$") && !OPTIONS.has(name));
  if (foreign) throw unsupportedQuery(`The query option '${foreign}' is not supported.`);
  const filter = parameters.get("$filter");
  const select = parameters.get("$select");
  return {
    select: select === null ? null : select.split(",").map((name) => name.trim()),
    filter: filter === null ? null : parseFilter(filter),
    top: parseTop(parameters.get("$top")),
    count: parameters.get("$count") === "true",
    skip: parseSkipToken(parameters.get("$skiptoken")),
  };
}

function parseFilter(text: string): Filter {
  const match = /^\s*(\w+) eq '((?:[^']|'')*)'\s*$/.exec(text);
  if (match?.[1] && match[2] !== undefined) {
    return { property: match[1], value: match[2].replaceAll("''", "'") };
  }
  throw unsupportedQuery(
    `Unsupported or invalid query filter clause '${text}'; only "property eq 'value'" is.`,
  );
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

/** How a collection is filtered and shown. */
export interface Collection<T> {
  /** After `$metadata#`. */
  readonly context: string;
  /** Properties that `$filter` may name. */
  readonly filterable: Readonly<Record<string, (item: T) => string>>;
  /** Directory text compares without regard to case; the provisioning log with it. */
  readonly caseSensitive?: boolean;
  /** Properties shown without `$select`; absent: all. */
  readonly defaults?: readonly string[];
  view(item: T): JsonObject;
}

interface Listing<T> {
  readonly items: readonly T[];
  readonly collection: Collection<T>;
  readonly query: Query;
  /** Address of the request; its path and options return in `@odata.nextLink`. */
  readonly url: URL;
}

/** One page of a collection. @throws {GraphRefusal} 400 for a property that cannot be filtered by */
export function listPage<T>({ items, collection, query, url }: Listing<T>): JsonObject {
  const found = applyFilter(items, collection, query.filter);
  const end = query.skip + query.top;
  const page = found
    .slice(query.skip, end)
    .map((item) => project(collection.view(item), query, collection.defaults));
  return {
    "@odata.context": `${GRAPH}/$metadata#${collection.context}`,
    ...(query.count && { "@odata.count": found.length }),
    ...(end < found.length && { "@odata.nextLink": nextLink(url, end) }),
    value: page,
  };
}

/** One object. @throws {GraphRefusal} 400 for options that make sense for lists only */
export function singleObject(
  object: JsonObject,
  query: Query,
  shape: { readonly context: string; readonly defaults?: readonly string[] },
): JsonObject {
  if (query.filter) throw badRequest("$filter can be applied to a collection only.");
  return {
    "@odata.context": `${GRAPH}/$metadata#${shape.context}/$entity`,
    ...project(object, query, shape.defaults),
  };
}

function applyFilter<T>(items: readonly T[], collection: Collection<T>, filter: Filter | null): readonly T[] {
  if (!filter) return items;
  const read = collection.filterable[filter.property];
  if (!read) throw unsupportedQuery(`Filtering by '${filter.property}' is not supported here.`);
  const fold = (text: string) => (collection.caseSensitive ? text : text.toLowerCase());
  const wanted = fold(filter.value);
  return items.filter((item) => fold(read(item)) === wanted);
}

function project(object: JsonObject, { select }: Query, defaults?: readonly string[]): JsonObject {
  const wanted = select ?? defaults;
  if (!wanted) return object;
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => name.startsWith("@odata.") || wanted.includes(name)),
  );
}

function nextLink(url: URL, skip: number): string {
  const next = new URL(`${GRAPH}${url.pathname.replace(/^\/v1\.0/, "")}${url.search}`);
  next.searchParams.set("$skiptoken", Buffer.from(String(skip)).toString("base64url"));
  return next.href;
}
