import type { Tag } from "./api.ts";
import { COVERAGE_PAGE } from "../coverage-page.ts";
import { ServiceError } from "./service-error.ts";

interface Kinds {
  string: string;
  number: number;
  boolean: boolean;
}

/** Reads members of a request. All methods throw {ServiceError} ValidationException for one of the wrong kind. */
export interface Reader {
  text(name: string): string;
  /** `{ [name]: value }`, or `{}` when absent. */
  optional<N extends string, K extends keyof Kinds>(name: N, kind: K): { [P in N]?: Kinds[K] };
  /** Like `optional`, for text of at most this many characters. */
  optionalText<N extends string>(name: N, maxLength: number): { [P in N]?: string };
  optionalOneOf<N extends string, const V extends string>(name: N, values: readonly V[]): { [P in N]?: V };
  texts(name: string): string[];
  tags(name: string): Tag[];
}

/**
 * @param known the members that the operation imitates: others would change nothing, and the caller would not know
 * @throws {ServiceError} SerializationException when the body is no JSON object, ValidationException for other members
 */
export function makeReader(body: string, known: readonly string[]): Reader {
  const members = parseBody(body);
  const unknown = Object.keys(members).find((name) => members[name] !== null && !known.includes(name));
  if (unknown !== undefined)
    throw invalid(`${unknown} is not imitated by the local Step Functions; see ${COVERAGE_PAGE}`);

  /** The member, undefined when it is absent; fits every kind, for it has just been checked. */
  function find(name: string, { is, must }: { is: (value: unknown) => boolean; must: string }): never {
    const value = members[name] ?? undefined;
    if (value === undefined || is(value)) return value as never;
    throw invalid(`${name} must be ${must}.`);
  }

  return {
    text(name) {
      const value = members[name];
      if (typeof value === "string" && value !== "") return value;
      throw invalid(`${name} must be a string that is not empty.`);
    },
    optional(name, kind) {
      return given(name, find(name, { is: (value) => typeof value === kind, must: `a ${kind}` }));
    },
    optionalText(name, maxLength) {
      const is = (value: unknown) => typeof value === "string" && value.length <= maxLength;
      return given(name, find(name, { is, must: `a string of at most ${maxLength} characters` }));
    },
    optionalOneOf(name, values) {
      const is = (value: unknown) => (values as readonly unknown[]).includes(value);
      return given(name, find(name, { is, must: `one of ${values.join(", ")}` }));
    },
    texts(name) {
      const found: string[] | undefined = find(name, {
        is: (value) => isListOf(value, isText),
        must: "a list of strings",
      });
      return found ?? [];
    },
    tags(name) {
      const found: Tag[] | undefined = find(name, {
        is: (value) => isListOf(value, isTag),
        must: "a list of key and value",
      });
      return found ?? [];
    },
  };
}

function given<N extends string, T>(name: N, value: T | undefined): { [P in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [P in N]?: T };
}

function invalid(message: string): ServiceError {
  return new ServiceError("ValidationException", message);
}

function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isEntry);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isTag(value: unknown): boolean {
  const { key, value: text } = (value ?? {}) as Record<string, unknown>;
  const fits = typeof key === "string" && key.length >= 1 && key.length <= 128;
  return fits && typeof text === "string" && text.length <= 256;
}

function parseBody(body: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body || "{}");
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch (error) {
    throw new ServiceError("SerializationException", `The body is not JSON: ${(error as Error).message}`);
  }
  throw new ServiceError("SerializationException", "The body is not a JSON object.");
}
