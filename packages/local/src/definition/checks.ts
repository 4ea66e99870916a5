import { compileExpression, isExpression } from "../expressions/expression.ts";
import type { Place } from "./place.ts";

/** Checks one value of a definition and notes its problems. */
export type Check = (value: unknown, place: Place) => void;

export interface Fields {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with these fields and no others: a field that is not understood would silently change a flow. */
export function objectOf(fields: Fields): Check {
  const required = Object.entries(fields.required ?? {});
  const known = new Map([...required, ...Object.entries(fields.optional ?? {})]);
  return (value, place) => {
    if (!isObject(value)) return place.refuse("must be an object");
    for (const [name] of required) {
      if (!Object.hasOwn(value, name)) place.in(name).refuse("is required");
    }
    for (const [name, member] of Object.entries(value)) {
      const check = known.get(name);
      if (check) check(member, place.in(name));
      else place.in(name).refuse("is not supported here");
    }
  };
}

export function listOf(check: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value) || value.length === 0)
      return place.refuse("must be a list with at least one entry");
    for (const [index, entry] of value.entries()) check(entry, place.in(index));
  };
}

export function oneOf(...values: readonly (string | boolean)[]): Check {
  return (value, place) => {
    if (values.includes(value as string)) return;
    place.refuse(`must be ${values.map((allowed) => JSON.stringify(allowed)).join(" or ")}`);
  };
}

export const text: Check = (value, place) => {
  if (typeof value !== "string") place.refuse("must be a string");
};

/** A number within bounds, never an expression. */
export function numberWithin(min: number, max: number, kind: "integer" | "number" = "integer"): Check {
  return (value, place) => {
    const fits = typeof value === "number" && value >= min && value <= max;
    if (!fits || (kind === "integer" && !Number.isInteger(value))) {
      place.refuse(`must be ${kind === "integer" ? "a whole number" : "a number"} from ${min} to ${max}`);
    }
  };
}

/** A number within bounds, or an expression whose result is checked later. */
export function numberTemplate(min: number, max: number): Check {
  const number = numberWithin(min, max);
  return (value, place) => (typeof value === "string" ? expression(value, place) : number(value, place));
}

export const expression: Check = (value, place) => {
  if (isExpression(value)) checkSyntax(value, place);
  else place.refuse("must be an expression, written {% … %}");
};

/** Any JSON; strings that are expressions must parse. */
export const template: Check = (value, place) => {
  if (isExpression(value)) return checkSyntax(value, place);
  if (typeof value === "string" && value.startsWith("{%"))
    return place.refuse("opens an expression and does not close it with %}");
  if (Array.isArray(value)) for (const [index, entry] of value.entries()) template(entry, place.in(index));
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) template(member, place.in(name));
};

export const textTemplate: Check = (value, place) => {
  text(value, place);
  template(value, place);
};

function checkSyntax(source: string, place: Place): void {
  try {
    compileExpression(source);
  } catch (error) {
    place.refuse(`is not JSONata: ${(error as { message?: string }).message ?? String(error)}`);
  }
}
