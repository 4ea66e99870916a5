import { cidrTest } from "./cidr.ts";
import { invalidPattern } from "./invalid-pattern.ts";
import { numericTest } from "./numeric.ts";
import { textTest } from "./text-tests.ts";
import type { ValueTest } from "./value-test.ts";

/** Reads all values that the event has at one place, none if the field is absent. */
export type Matcher = (leaves: readonly unknown[]) => boolean;

/** Compiles one element of the array at a leaf of a pattern. @throws {ApiError} InvalidEventPatternException */
export function compileMatcher(value: unknown, place: string): Matcher {
  if (Array.isArray(value)) throw invalidPattern("a value is a string, number, true, false or null", place);
  if (typeof value !== "object" || value === null) return (leaves) => leaves.includes(value);
  const [operator, operand] = onlyEntry(value, place);
  const inner = `${place}.${operator}`;
  if (operator === "exists") {
    if (typeof operand !== "boolean") throw invalidPattern("exists is true or false", inner);
    return (leaves) => leaves.length > 0 === operand;
  }
  const test =
    operator === "anything-but" ? anythingButTest(operand, inner) : valueTest(operator, operand, inner);
  return (leaves) => leaves.some(test);
}

function valueTest(operator: string, operand: unknown, place: string): ValueTest {
  switch (operator) {
    case "numeric":
      return numericTest(operand, place);
    case "cidr":
      return cidrTest(operand, place);
    default:
      return textTest(operator, operand, place);
  }
}

/** Matches every value, of any kind, that is not among the given; an absent field has no value. */
function anythingButTest(operand: unknown, place: string): ValueTest {
  if (typeof operand === "object" && operand !== null && !Array.isArray(operand)) {
    const [operator, inner] = onlyEntry(operand, place);
    return negate(
      anyOf(inner, `${place}.${operator}`, (text, at) => textTest(operator, onlyText(text, at), at)),
    );
  }
  const values = Array.isArray(operand) ? operand : [operand];
  const isUniform = ["string", "number"].some((kind) => values.every((value) => typeof value === kind));
  if (values.length === 0 || !isUniform) {
    throw invalidPattern("anything-but takes a string, a number, or a list of only one of them", place);
  }
  return (leaf) => !values.includes(leaf);
}

function anyOf(
  operand: unknown,
  place: string,
  compile: (value: unknown, place: string) => ValueTest,
): ValueTest {
  if (!Array.isArray(operand)) return compile(operand, place);
  if (operand.length === 0) throw invalidPattern("empty arrays are not allowed", place);
  const tests = operand.map((value: unknown, index) => compile(value, `${place}[${index}]`));
  return (leaf) => tests.some((test) => test(leaf));
}

function negate(test: ValueTest): ValueTest {
  return (leaf) => !test(leaf);
}

function onlyText(value: unknown, place: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw invalidPattern("must be a string that is not empty", place);
}

function onlyEntry(value: object, place: string): [string, unknown] {
  const [entry, second] = Object.entries(value) as [string, unknown][];
  if (!entry) throw invalidPattern("match expression name not found", place);
  if (second) throw invalidPattern("only one key is allowed in a match expression", place);
  return entry;
}
