import jsonata from "jsonata";

const compiled = new Map<string, jsonata.Expression>();

/** Whether Step Functions would evaluate this value: a string that starts with `{%` and ends with `%}`. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("{%") && value.endsWith("%}") && value.length >= 4;
}

/**
 * Compiles `{% … %}`; each text once, for it is evaluated over and over.
 * @throws JSONata's error (an object with code, message, position) when the text is not JSONata
 */
export function compileExpression(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source.slice(2, -2));
  compiled.set(source, expression);
  return expression;
}
