import { validation } from "./errors.ts";

/** Attribute to value; all must hold. */
export type Conditions = ReadonlyMap<string, string>;

const CONDITION = /^\s*([A-Za-z.]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*/i;

/**
 * Reads `attribute eq "value" [and …]`, the only filters that AWS has, in the combinations it documents.
 * @throws {ScimError} ValidationException
 */
export function parseFilter(text: string, combinations: readonly (readonly string[])[]): Conditions {
  const conditions = new Map<string, string>();
  let rest = text;
  for (;;) {
    const match = CONDITION.exec(rest);
    if (match?.[1] === undefined || match[2] === undefined || conditions.has(match[1])) throw invalidFilter();
    conditions.set(match[1], unquote(match[2]));
    rest = rest.slice(match[0].length);
    if (rest === "") break;
    if (!/^and\s/i.test(rest)) throw invalidFilter();
    rest = rest.slice("and".length);
  }
  const names = [...conditions.keys()].sort().join();
  if (!combinations.some((combination) => combination.toSorted().join() === names)) throw invalidFilter();
  return conditions;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw invalidFilter();
  }
}

function invalidFilter(): Error {
  return validation("Invalid Filter format");
}
