import type { SentRequest } from "../contract.ts";
import { type Model, type ModelOperation, shapeOf } from "./model.ts";

export interface RestRoute {
  readonly name: string;
  readonly operation: ModelOperation;
  /** Labels of the path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The operation that method, path, fixed query and required headers name; null when the model has none. */
export function findRestRoute(model: Model, request: SentRequest): RestRoute | null {
  const found = Object.entries(model.operations).flatMap(([name, operation]) => {
    const labels = matchLabels(operation, request);
    if (labels === null || !hasRequiredHeaders(model, operation, request)) return [];
    if (namesSubresource(model, operation, request)) return [];
    return [{ route: { name, operation, labels }, weight: weightOf(model, operation) }];
  });
  return found.sort((a, b) => b.weight - a.weight)[0]?.route ?? null;
}

/** The fixed query of the URI template: `list-type=2`, or a bare `versioning`. */
export function fixedQuery({ http }: ModelOperation): URLSearchParams {
  return new URLSearchParams(http.requestUri.split("?")[1] ?? "");
}

function matchLabels(operation: ModelOperation, { method, url }: SentRequest): Record<string, string> | null {
  if (operation.http.method !== method) return null;
  for (const [name, value] of fixedQuery(operation)) {
    const given = url.searchParams.get(name);
    if (given === null || (value !== "" && given !== value)) return null;
  }
  const template = operation.http.requestUri.split("?")[0] ?? "/";
  const expression = template
    .replace(/\/$/, "")
    .replaceAll(/\{(\w+)\+\}/g, "(?<$1>.+)")
    .replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const match = new RegExp(`^${expression}/?$`).exec(url.pathname);
  if (match === null) return null;
  const labels = Object.entries(match.groups ?? {});
  return Object.fromEntries(labels.map(([name, text]) => [name, decode(text)]));
}

/**
 * An empty parameter that the operation does not declare names a subresource, and with it another operation: `?versioning`.
 */
function namesSubresource(model: Model, operation: ModelOperation, { url }: SentRequest): boolean {
  const { members = {} } = operation.input === undefined ? {} : shapeOf(model, operation.input.shape);
  const own = new Set([
    ...fixedQuery(operation).keys(),
    ...Object.entries(members).flatMap(([name, { location, locationName = name }]) =>
      location === "querystring" ? [locationName] : [],
    ),
  ]);
  return [...url.searchParams].some(([name, value]) => value === "" && !own.has(name));
}

/** `CopyObject` differs from `PutObject` by nothing else. */
function hasRequiredHeaders(model: Model, operation: ModelOperation, { headers }: SentRequest): boolean {
  return requiredHeaders(model, operation).every((name) => headers.has(name));
}

function requiredHeaders(model: Model, { input }: ModelOperation): string[] {
  if (input === undefined) return [];
  const { members = {}, required = [] } = shapeOf(model, input.shape);
  return required.flatMap((name) => {
    const member = members[name];
    return member?.location === "header" ? [member.locationName ?? name] : [];
  });
}

function weightOf(model: Model, operation: ModelOperation): number {
  const literals = operation.http.requestUri.replaceAll(/\{[^}]*\}/g, "").length;
  return literals + [...fixedQuery(operation)].length * 100 + requiredHeaders(model, operation).length * 100;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
