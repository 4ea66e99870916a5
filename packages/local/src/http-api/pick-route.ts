/**
 * Picks the route that API Gateway would: the most specific one that matches. A literal segment comes before a parameter, a
 * parameter before `{proxy+}`, a method before ANY, and `$default` last (API Gateway developer guide, "Routing API
 * requests").
 * @param keys such as `POST /v1/tasks/{id}` or `ANY /v1/{proxy+}`
 * @param pathname as sent: an escaped slash separates nothing
 */
export function pickRoute(keys: readonly string[], method: string, pathname: string): string | null {
  const matching = keys.filter((key) => matches(key, method, pathname));
  return matching.toSorted((a, b) => rankOf(a).localeCompare(rankOf(b)))[0] ?? null;
}

const DEFAULT = "$default";

function matches(key: string, method: string, pathname: string): boolean {
  if (key === DEFAULT) return true;
  const [verb, pattern] = split(key);
  if (verb !== "ANY" && verb !== method) return false;
  const segments = pathname.split("/");
  const isGreedy = pattern.at(-1)?.endsWith("+}") === true;
  if (isGreedy ? segments.length < pattern.length : segments.length !== pattern.length) return false;
  return pattern.every((part, index) =>
    part.startsWith("{") ? segments[index] !== "" : part === segments[index],
  );
}

/** Sorts before the rank of what is less specific. */
function rankOf(key: string): string {
  if (key === DEFAULT) return "9";
  const [verb, pattern] = split(key);
  const parts = pattern.map((part) => (part.endsWith("+}") ? 2 : part.startsWith("{") ? 1 : 0));
  return `${parts.join("")}${verb === "ANY" ? 1 : 0}`;
}

function split(key: string): [verb: string, pattern: string[]] {
  const [verb = "", path = ""] = key.split(" ");
  return [verb, path.split("/")];
}
