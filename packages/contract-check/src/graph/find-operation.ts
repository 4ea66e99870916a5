import type { GraphOperation, OpenApi } from "./openapi.ts";

export interface FoundOperation {
  /** Path template of the contract. */
  readonly path: string;
  /** In lower case, as the contract spells it. */
  readonly method: string;
  readonly operation: GraphOperation;
}

const VERSION = "/v1.0";

/**
 * The operation of a path of Graph; where several templates match, the one with the literal segments that come first:
 * `/groups/delta` before `/groups/{id}`. An alternate key, `/servicePrincipals(appId='…')`, is an id.
 */
export function findOperation(openApi: OpenApi, method: string, pathname: string): FoundOperation | null {
  const segments = segmentsOf(pathname.startsWith(`${VERSION}/`) ? pathname.slice(VERSION.length) : pathname);
  const lowerMethod = method.toLowerCase();
  const found = Object.entries(openApi.paths).flatMap(([path, operations]) => {
    const operation = operations[lowerMethod];
    return operation !== undefined && matches(path, segments)
      ? [{ path, method: lowerMethod, operation }]
      : [];
  });
  return found.sort((a, b) => rankOf(b.path).localeCompare(rankOf(a.path)))[0] ?? null;
}

function segmentsOf(path: string): string[] {
  return path
    .replace(/\/$/, "")
    .replaceAll(/\((?:\w+=)?'[^']*'\)/g, "/{key}")
    .replaceAll("()", "")
    .split("/")
    .slice(1);
}

function matches(template: string, segments: readonly string[]): boolean {
  const expected = template.split("/").slice(1);
  return (
    expected.length === segments.length &&
    expected.every((part, index) => part.startsWith("{") || part === segments[index])
  );
}

/** One digit a segment, so that texts compare as the templates rank. */
function rankOf(template: string): string {
  return template
    .split("/")
    .map((segment) => (segment.startsWith("{") ? "0" : "1"))
    .join("");
}
