import type { Problem } from "../contract.ts";
import type { ScimEndpoint, ScimOperation } from "./scim-facts.ts";

/** Query parameters of a request: those of the operation, a count in range, a documented filter. */
export function checkQuery(
  endpoint: ScimEndpoint,
  operation: ScimOperation,
  query: URLSearchParams,
): Problem[] {
  const { count, withCursor } = endpoint.list;
  return [...query].flatMap(([name, value]): Problem[] => {
    const path = `query:${name}`;
    if (operation.query?.includes(name) !== true) {
      // AWS lists some as unsupported and says of none that it is refused.
      return [{ path, message: "the operation has no such parameter", tolerated: true }];
    }
    if (name === "count") {
      const within = /^\d+$/.test(value) && Number(value) >= count.min && Number(value) <= count.max;
      return within ? [] : [{ path, message: `must be ${count.min} to ${count.max}`, tolerated: true }];
    }
    if (name === "cursor") {
      const fits = new RegExp(`^${withCursor.cursorPattern}$`).test(value);
      return fits ? [] : [{ path, message: `must match the pattern ${withCursor.cursorPattern}` }];
    }
    return checkFilter(endpoint, operation, value);
  });
}

function checkFilter(endpoint: ScimEndpoint, { path: resource }: ScimOperation, filter: string): Problem[] {
  const path = "query:filter";
  const terms = filter.split(/ and /i).map((term) => /^\s*([\w.$:]+) eq (".*"|\S+)\s*$/i.exec(term)?.[1]);
  if (terms.includes(undefined)) return [{ path, message: 'must be <attribute> eq "<value>" [and …]' }];
  const documented = resource === "/Users" ? endpoint.filters.Users : endpoint.filters.Groups;
  const known = documented.some(
    (names) =>
      names.length === terms.length &&
      names.every((name, index) => {
        const given = terms[index]?.toLowerCase();
        // The prose of ListGroups says member where its sample says members.
        return given === name.toLowerCase() || (name === "members" && given === "member");
      }),
  );
  return known ? [] : [{ path, message: `${terms.join(" and ")} is no documented filter` }];
}
