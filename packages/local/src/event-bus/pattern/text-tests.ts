import { invalidPattern } from "./invalid-pattern.ts";
import type { ValueTest } from "./value-test.ts";
import { wildcardTest } from "./wildcard.ts";

/** Operators that match strings only. @throws {ApiError} InvalidEventPatternException */
export function textTest(operator: string, operand: unknown, place: string): ValueTest {
  switch (operator) {
    case "prefix":
      return edgeTest(operand, place, (leaf, edge) => leaf.startsWith(edge));
    case "suffix":
      return edgeTest(operand, place, (leaf, edge) => leaf.endsWith(edge));
    case "equals-ignore-case":
      return ignoringCase(operand, place, (leaf, wanted) => leaf === wanted);
    case "wildcard": {
      const matches = wildcardTest(asText(operand, place), place);
      return (leaf) => typeof leaf === "string" && matches(leaf);
    }
    default:
      throw invalidPattern(`unrecognized match type ${operator}`, place);
  }
}

type Comparison = (leaf: string, wanted: string) => boolean;

/** `"x"`, or `{ "equals-ignore-case": "x" }`. */
function edgeTest(operand: unknown, place: string, compare: Comparison): ValueTest {
  if (typeof operand !== "object" || operand === null) {
    const wanted = asText(operand, place);
    return (leaf) => typeof leaf === "string" && compare(leaf, wanted);
  }
  const [entry, second] = Object.entries(operand) as [string, unknown][];
  if (entry?.[0] !== "equals-ignore-case" || second) {
    throw invalidPattern("must be a string, or an object with equals-ignore-case", place);
  }
  return ignoringCase(entry[1], `${place}.equals-ignore-case`, compare);
}

function ignoringCase(operand: unknown, place: string, compare: Comparison): ValueTest {
  const wanted = asText(operand, place).toLowerCase();
  return (leaf) => typeof leaf === "string" && compare(leaf.toLowerCase(), wanted);
}

function asText(value: unknown, place: string): string {
  if (typeof value === "string") return value;
  throw invalidPattern("must be a string", place);
}
