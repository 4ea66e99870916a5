import { ApiError, NotImitated } from "./api-error.ts";

/**
 * Reads a value of a request, or throws {ApiError}: SerializationException for one of the wrong kind,
 * ValidationException, in AWS's words, for one outside its limits.
 */
export type Shape<T> = (value: unknown, place: string) => T;
export type Value<S> = S extends Shape<infer T> ? T : never;

type Members = Readonly<Record<string, Shape<unknown>>>;
type Structure<R extends Members, O extends Members> = { readonly [K in keyof R]: Value<R[K]> } & {
  readonly [K in keyof O]?: Value<O[K]>;
};

interface Limits {
  readonly min?: number;
  readonly max?: number;
}

/** Members that are null count as absent; one that is in neither list is refused. */
export function structure<R extends Members, O extends Members>(
  required: R,
  optional: O,
): Shape<Structure<R, O>> {
  return (value, place) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrongKind(place, "an object");
    const read: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      if (member === null || member === undefined) continue;
      const shape = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name) && optional[name];
      if (!shape) throw new NotImitated(join(place, name));
      read[name] = shape(member, join(place, name));
    }
    const missing = Object.keys(required).find((name) => !Object.hasOwn(read, name));
    if (missing !== undefined) throw outside(join(place, missing), "Member must not be null");
    return read as Structure<R, O>;
  };
}

export function text({
  min = 0,
  max = Infinity,
  pattern,
}: Limits & { readonly pattern?: RegExp }): Shape<string> {
  return (value, place) => {
    if (typeof value !== "string") throw wrongKind(place, "a string");
    checkSize(value.length, { min, max }, place);
    if (pattern && !pattern.test(value)) {
      throw outside(place, `Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    return value;
  };
}

export function integer({ min, max }: Required<Limits>): Shape<number> {
  return (value, place) => {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongKind(place, "a whole number");
    if (value < min) throw outside(place, `Member must have value greater than or equal to ${min}`);
    if (value > max) throw outside(place, `Member must have value less than or equal to ${max}`);
    return value;
  };
}

export function flag(value: unknown, place: string): boolean {
  if (typeof value !== "boolean") throw wrongKind(place, "true or false");
  return value;
}

/** A time on the wire: seconds since the epoch. @returns milliseconds since the epoch */
export function timestamp(value: unknown, place: string): number {
  if (typeof value !== "number") throw wrongKind(place, "a time in seconds since the epoch");
  return Math.round(value * 1000);
}

export function oneOf<const V extends string>(...values: readonly V[]): Shape<V> {
  return (value, place) => {
    const found = values.find((known) => known === value);
    if (found === undefined)
      throw outside(place, `Member must satisfy enum value set: [${values.join(", ")}]`);
    return found;
  };
}

export function list<T>(item: Shape<T>, { min = 0, max = Infinity }: Limits): Shape<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) throw wrongKind(place, "a list");
    checkSize(value.length, { min, max }, place);
    return value.map((member: unknown, index) => item(member, `${place}.${index + 1}.member`));
  };
}

export function textMap(key: Shape<string>, item: Shape<string>, max: number): Shape<Record<string, string>> {
  return (value, place) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrongKind(place, "an object");
    const entries = Object.entries(value);
    checkSize(entries.length, { min: 0, max }, place);
    return Object.fromEntries(
      entries.map(([name, member]) => [key(name, place), item(member, join(place, name))]),
    );
  };
}

function checkSize(size: number, { min, max }: Required<Limits>, place: string): void {
  if (size < min) throw outside(place, `Member must have length greater than or equal to ${min}`);
  if (size > max) throw outside(place, `Member must have length less than or equal to ${max}`);
}

function join(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function wrongKind(place: string, kind: string): ApiError {
  return new ApiError("SerializationException", `${place || "The body"} must be ${kind}.`);
}

function outside(place: string, constraint: string): ApiError {
  return new ApiError(
    "ValidationException",
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${constraint}`,
  );
}
