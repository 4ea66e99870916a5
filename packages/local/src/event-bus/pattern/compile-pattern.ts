import { ApiError } from "../../aws-api/api-error.ts";
import { compileMatcher } from "./matchers.ts";
import { invalidPattern } from "./invalid-pattern.ts";

export type EventTest = (event: object) => boolean;
type Fields = Readonly<Record<string, unknown>>;
type NodeTest = (fields: Fields) => boolean;

/** Bytes; adjustable in AWS [EventBridge quotas]. */
const LARGEST_PATTERN = 2048;

/** A `$or` whose objects have such a name is an ordinary field [aws/event-ruler README, "$or"]. */
const OPERATORS = new Set([
  "anything-but",
  "cidr",
  "equals-ignore-case",
  "exactly",
  "exists",
  "numeric",
  "prefix",
  "suffix",
  "wildcard",
]);

/**
 * Reads an event pattern [EventBridge user guide, eb-create-pattern-operators].
 * @param pattern JSON text
 * @throws {ApiError} InvalidEventPatternException that names the place, LimitExceededException
 */
export function compilePattern(pattern: string): EventTest {
  if (Buffer.byteLength(pattern) > LARGEST_PATTERN) {
    throw new ApiError(
      "LimitExceededException",
      `An event pattern has at most ${LARGEST_PATTERN} characters.`,
    );
  }
  const test = compileFields(parse(pattern), "$");
  return (event) => test(event as Fields);
}

function parse(pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch (error) {
    throw invalidPattern(`not JSON: ${(error as Error).message}`, "$");
  }
}

/** All fields of a pattern must match. */
function compileFields(pattern: unknown, place: string): NodeTest {
  if (!isFields(pattern)) throw invalidPattern("must be an object", place);
  const names = Object.keys(pattern);
  if (names.length === 0) throw invalidPattern("empty objects are not allowed", place);
  const tests = names.map((name) =>
    name === "$or" && isAlternatives(pattern[name])
      ? compileAlternatives(pattern[name], `${place}.$or`)
      : compileField(name, pattern[name], `${place}.${name}`),
  );
  return (fields) => tests.every((test) => test(fields));
}

function compileAlternatives(alternatives: readonly Fields[], place: string): NodeTest {
  const tests = alternatives.map((pattern, index) => compileFields(pattern, `${place}[${index}]`));
  return (fields) => tests.some((test) => test(fields));
}

function compileField(name: string, pattern: unknown, place: string): NodeTest {
  if (isFields(pattern)) {
    const inner = compileFields(pattern, place);
    // In an array of objects one and the same object must match everything.
    return (fields) => objectsIn(read(fields, name)).some(inner);
  }
  if (!Array.isArray(pattern)) throw invalidPattern("must be an object or an array", place);
  if (pattern.length === 0) throw invalidPattern("empty arrays are not allowed", place);
  const matchers = pattern.map((value: unknown, index) => compileMatcher(value, `${place}[${index}]`));
  return (fields) => {
    const leaves = leavesIn(read(fields, name));
    return matchers.some((matches) => matches(leaves));
  };
}

function isAlternatives(value: unknown): value is readonly Fields[] {
  const isLong = Array.isArray(value) && value.length >= 2;
  return (
    isLong && value.every((item) => isFields(item) && !Object.keys(item).some((name) => OPERATORS.has(name)))
  );
}

function read(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The objects at a place of the event; an empty one if there is none, so that fields can be absent from it. */
function objectsIn(value: unknown): readonly Fields[] {
  const found = [value].flat(Infinity).filter(isFields);
  return found.length === 0 ? [{}] : found;
}

/** The values at a place of the event; objects are no values. */
function leavesIn(value: unknown): readonly unknown[] {
  return [value].flat(Infinity).filter((leaf) => leaf !== undefined && !isFields(leaf));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
