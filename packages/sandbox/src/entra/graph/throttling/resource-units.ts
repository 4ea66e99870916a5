/** What a request costs of the quotas of identity and access. */
export interface Cost {
  readonly units: number;
  readonly isWrite: boolean;
}

/** Above one; whatever is not here costs one ("Microsoft Graph service-specific throttling limits"). */
const READ_UNITS: ReadonlyMap<string, number> = new Map([
  ["/applications", 2],
  ["/users", 2],
  ["/groups/{id}/members", 3],
  ["/groups/{id}/transitiveMembers", 5],
  ["/groups/{id}/transitiveMembers/microsoft.graph.user", 5],
  ["/groups/{id}/transitiveMembers/microsoft.graph.group", 5],
  ["/groups/{id}/transitiveMembers/$count", 5],
]);
const SMALL_PAGE = 20;

/** @param path of the operation, with `{id}` */
export function costOf(method: string, path: string, parameters: URLSearchParams): Cost {
  if (method !== "GET") return { units: 1, isWrite: true };
  const top = parameters.get("$top");
  const units =
    (READ_UNITS.get(path) ?? 1) +
    (parameters.has("$expand") ? 1 : 0) -
    (parameters.has("$select") ? 1 : 0) -
    (top !== null && Number(top) < SMALL_PAGE ? 1 : 0);
  return { units: Math.max(1, units), isWrite: false };
}
