import jsonata from "jsonata";

/** How deep an expression may nest, and call itself. Not documented; a value that others have measured. */
const MAX_DEPTH = 100;
/** AWS gives an expression one second. Steps are counted instead, so that a run can be repeated. */
const MAX_STEPS = 1_000_000;
/** JSONata calls what is bound to this before it evaluates any part of an expression. */
const BEFORE_EVERY_PART = Symbol.for("jsonata.__evaluate_entry");

const compiled = new Map<string, jsonata.Expression>();
const steps = new WeakMap<object, number>();

/** Whether Step Functions would evaluate this value: a string that starts with `{%` and ends with `%}`. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("{%") && value.endsWith("%}") && value.length >= 4;
}

/** The text between `{%` and `%}`. */
export function expressionText(source: string): string {
  return source.slice(2, -2).trim();
}

/**
 * Compiles `{% … %}`; each text once, for it is evaluated over and over.
 * @throws JSONata's error (an object with code, message, position) when the text is not JSONata
 */
export function compileExpression(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source.slice(2, -2), { stack: MAX_DEPTH });
  expression.assign(BEFORE_EVERY_PART as unknown as string, countStep);
  compiled.set(source, expression);
  return expression;
}

/** @param environment its base belongs to one evaluation */
function countStep(_part: unknown, _input: unknown, environment: { readonly base: object }): void {
  const count = (steps.get(environment.base) ?? 0) + 1;
  if (count > MAX_STEPS) throw new Error("Expression evaluation timeout");
  steps.set(environment.base, count);
}
