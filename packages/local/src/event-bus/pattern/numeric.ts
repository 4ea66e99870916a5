import { invalidPattern } from "./invalid-pattern.ts";
import type { ValueTest } from "./value-test.ts";

/** The largest number that numeric matching accepts [EventBridge user guide, numeric matching]. */
const LARGEST = 5e9;

const COMPARISONS: Readonly<Record<string, (leaf: number, bound: number) => boolean>> = {
  "=": (leaf, bound) => leaf === bound,
  "<": (leaf, bound) => leaf < bound,
  "<=": (leaf, bound) => leaf <= bound,
  ">": (leaf, bound) => leaf > bound,
  ">=": (leaf, bound) => leaf >= bound,
};

/** `["=", 1]`, `["<", 1]` or `[">", 0, "<=", 5]`. @throws {ApiError} InvalidEventPatternException */
export function numericTest(operand: unknown, place: string): ValueTest {
  if (!Array.isArray(operand) || operand.length < 2) throw invalidPattern("numeric takes a list", place);
  const [operator, bound, second, ceiling, ...rest] = operand as unknown[];
  const isLower = compile(operator, bound, place);
  if (operand.length === 2) return (leaf) => typeof leaf === "number" && isLower(leaf);
  const isUpper = compile(second, ceiling, place);
  if (rest.length > 0 || !String(operator).startsWith(">") || !String(second).startsWith("<")) {
    throw invalidPattern("a numeric range is a lower bound and then an upper bound", place);
  }
  if ((bound as number) >= (ceiling as number)) {
    throw invalidPattern("the lower bound must be less than the upper bound", place);
  }
  return (leaf) => typeof leaf === "number" && isLower(leaf) && isUpper(leaf);
}

function compile(operator: unknown, bound: unknown, place: string): (leaf: number) => boolean {
  const compare =
    typeof operator === "string" && Object.hasOwn(COMPARISONS, operator) && COMPARISONS[operator];
  if (!compare)
    throw invalidPattern(`unrecognized numeric range operator ${JSON.stringify(operator)}`, place);
  if (typeof bound !== "number" || Math.abs(bound) > LARGEST) {
    throw invalidPattern(`the value of numeric is a number from -${LARGEST} to ${LARGEST}`, place);
  }
  return (leaf) => compare(leaf, bound);
}
