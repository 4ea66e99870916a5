import { badRequest, notImplemented, unsupportedQuery } from "../../errors.ts";
import { type Filter, parseFilter } from "../../odata-filter.ts";
import type { Tracking } from "./delta-tokens.ts";

export interface DeltaOptions {
  readonly tracking: Tracking;
  /** Empty as in the URL of a reset: start from scratch. */
  readonly deltaToken: string;
  readonly skipToken: string;
}

/** Query options that change tracking of users and groups does not have. */
const REFUSED = new Set(["$top", "$expand", "$orderby", "$search", "$count"]);
const KNOWN = new Set(["$select", "$filter", "$deltatoken", "$skiptoken"]);

/**
 * Query options of a delta query ("Use delta query to track changes"); names of tokens are spelled both ways.
 * @param selectable properties that the sandbox can track
 * @throws {GraphRefusal} 400 for an option that delta queries do not have, 501 for one that is not imitated
 */
export function parseDeltaOptions(parameters: URLSearchParams, selectable: readonly string[]): DeltaOptions {
  const options = new Map([...parameters].map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of options.keys()) {
    if (REFUSED.has(name)) throw unsupportedQuery(`A delta query of users or groups takes no '${name}'.`);
    if (name.startsWith("$") && !KNOWN.has(name)) throw notImplemented(`the query option '${name}' here`);
  }
  const select =
    options
      .get("$select")
      ?.split(",")
      .map((name) => name.trim()) ?? null;
  const foreign = select?.find((name) => !selectable.includes(name));
  if (foreign !== undefined) throw notImplemented(`tracking the property '${foreign}'`);
  const filter = options.get("$filter");
  return {
    tracking: { select, ids: filter === undefined ? null : idsOf(parseFilter(filter)) },
    deltaToken: options.get("$deltatoken") ?? "",
    skipToken: options.get("$skiptoken") ?? "",
  };
}

function idsOf(filter: Filter): string[] {
  if (filter.kind === "or") return [...idsOf(filter.left), ...idsOf(filter.right)];
  if (filter.kind === "eq" && filter.property === "id" && typeof filter.value === "string") {
    return [filter.value.toLowerCase()];
  }
  throw badRequest("A delta query filters by ids only: id eq '…' or id eq '…'.");
}
