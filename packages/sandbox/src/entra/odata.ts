import { badRequest, notImplemented, unsupportedQuery } from "./errors.ts";
import { type FilterValue, isAdvanced, logOperatorOf, matches, propertiesOf } from "./odata-filter.ts";
import type { Query } from "./odata-query.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export const GRAPH = "https://graph.microsoft.com/v1.0";

/** How a collection is filtered and shown. */
export interface Collection<T> {
  /** After `$metadata#`. */
  readonly context: string;
  /** Properties that `$filter` may name. */
  readonly filterable: Readonly<Record<string, (item: T) => FilterValue>>;
  /** Properties that `$search` may name; directory objects only. */
  readonly searchable?: readonly string[];
  /** Properties that `$orderby` may name; directory objects only. */
  readonly sortable?: readonly string[];
  /** Directory text compares without regard to case; the provisioning log with it. */
  readonly caseSensitive?: boolean;
  /** Not directory objects: `gt`, `lt` and `contains` are supported, and nothing needs advanced query capabilities. */
  readonly isLog?: boolean;
  /** Properties shown without `$select`; absent: all. */
  readonly defaults?: readonly string[];
  /** Properties that `$select` may name, where not every item has all of them; absent: those of the item. */
  readonly selectable?: readonly string[];
  view(item: T): JsonObject;
}

interface Listing<T> {
  readonly items: readonly T[];
  readonly collection: Collection<T>;
  readonly query: Query;
  /** Address of the request; its path and options return in `@odata.nextLink`. */
  readonly url: URL;
}

/**
 * One page of a collection.
 * @throws {GraphRefusal} 400 for an advanced query without `ConsistencyLevel: eventual` and `$count=true`, 501 for a
 * property that the sandbox cannot filter, search, sort by or show
 */
export function listPage<T>({ items, collection, query, url }: Listing<T>): JsonObject {
  if (!collection.isLog) checkAdvanced(query);
  const found = sort(search(applyFilter(items, collection, query), collection, query), collection, query);
  const end = query.skip + query.top;
  const page = found.slice(query.skip, end).map((item) => project(collection.view(item), query, collection));
  return {
    "@odata.context": `${GRAPH}/$metadata#${collection.context}`,
    // Without the header the count is left out silently.
    ...(query.count && query.eventual && { "@odata.count": found.length }),
    ...(end < found.length && { "@odata.nextLink": nextLink(url, end) }),
    value: page,
  };
}

interface Shape {
  readonly context: string;
  readonly defaults?: readonly string[];
}

/** One object. @throws {GraphRefusal} 400 for options that make sense for lists only */
export function singleObject(object: JsonObject, query: Query, shape: Shape): JsonObject {
  if (query.filter) throw badRequest("$filter can be applied to a collection only.");
  return {
    "@odata.context": `${GRAPH}/$metadata#${shape.context}/$entity`,
    ...project(object, query, shape),
  };
}

/** "Advanced query capabilities on directory objects": such a query needs the header and `$count=true`. */
function checkAdvanced({ filter, search: text, orderBy, count, eventual }: Query): void {
  const isAdvancedFilter = filter !== null && (isAdvanced(filter) || orderBy !== null);
  if (text !== null && !eventual) {
    throw unsupportedQuery("Request with $search needs the header ConsistencyLevel: eventual.");
  }
  if (isAdvancedFilter && !(eventual && count)) {
    throw unsupportedQuery("This query needs $count=true and the header ConsistencyLevel: eventual.");
  }
}

function applyFilter<T>(items: readonly T[], collection: Collection<T>, { filter }: Query): readonly T[] {
  if (!filter) return items;
  const { filterable, caseSensitive = false } = collection;
  const foreign = propertiesOf(filter).find((property) => !Object.hasOwn(filterable, property));
  if (foreign !== undefined) throw notImplemented(`filtering ${collection.context} by '${foreign}'`);
  const operator = collection.isLog ? null : logOperatorOf(filter);
  if (operator) throw notImplemented(`the operator '${operator}' in $filter`);
  return items.filter((item) =>
    matches(filter, { caseSensitive, read: (property) => filterable[property]?.(item) ?? null }),
  );
}

/** Words that begin with the text, as Graph's index of names does it. */
function search<T>(items: readonly T[], collection: Collection<T>, query: Query): readonly T[] {
  if (!query.search) return items;
  const { property, text } = query.search;
  if (!collection.searchable?.includes(property)) {
    throw notImplemented(`searching ${collection.context} by '${property}'`);
  }
  return items.filter((item) => ` ${textOf(collection.view(item), property)}`.includes(` ${text}`));
}

function sort<T>(items: readonly T[], collection: Collection<T>, { orderBy }: Query): readonly T[] {
  if (!orderBy) return items;
  const { property, descending } = orderBy;
  if (!collection.sortable?.includes(property)) {
    throw notImplemented(`sorting ${collection.context} by '${property}'`);
  }
  const sorted = items.toSorted((a, b) =>
    textOf(collection.view(a), property).localeCompare(textOf(collection.view(b), property), "en"),
  );
  return descending ? sorted.toReversed() : sorted;
}

function textOf(object: JsonObject, property: string): string {
  const value = object[property];
  return typeof value === "string" ? value.toLowerCase() : "";
}

interface Projection {
  readonly context: string;
  readonly defaults?: readonly string[];
  readonly selectable?: readonly string[];
}

function project(object: JsonObject, { select }: Query, shape: Projection): JsonObject {
  const foreign = select?.find((name) => !Object.hasOwn(object, name) && !shape.selectable?.includes(name));
  if (foreign !== undefined) throw notImplemented(`the property '${foreign}' of ${shape.context}`);
  const wanted = select ?? shape.defaults;
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
