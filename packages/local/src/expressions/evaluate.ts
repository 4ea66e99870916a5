import type { Json, Template } from "../definition/asl.ts";
import { evaluationError } from "../interpreter/own-error.ts";
import { compileExpression, expressionText, isExpression } from "./expression.ts";

/** Values by variable name, without the dollar sign: workflow variables, `states` and functions. */
export type Bindings = Readonly<Record<string, unknown>>;

/**
 * Evaluates every expression in a template and copies everything else.
 * @param location where the template is in its state, for error messages: `Arguments`, `Choices[0]/Condition`
 * @throws {OwnError} when an expression fails or gives nothing
 */
export async function evaluateTemplate(
  template: Template,
  bindings: Bindings,
  location: string,
): Promise<Json> {
  if (isExpression(template)) return evaluateExpression(template, bindings, location);
  if (typeof template !== "object" || template === null) return template;
  if (Array.isArray(template)) {
    return Promise.all(
      (template as Template[]).map((entry, index) =>
        evaluateTemplate(entry, bindings, `${location}[${index}]`),
      ),
    );
  }
  const members = Object.entries(template).map(async ([name, member]) => [
    name,
    await evaluateTemplate(member, bindings, `${location}/${name}`),
  ]);
  return Object.fromEntries(await Promise.all(members)) as Json;
}

/** An expression as the causes of failures name it. */
export function describeTemplate(template: Template, location: string): string {
  const text = isExpression(template) ? expressionText(template) : JSON.stringify(template);
  return `The JSONata expression '${text}' specified for the field '${location}'`;
}

async function evaluateExpression(source: string, bindings: Bindings, location: string): Promise<Json> {
  let text: string | undefined;
  try {
    // There is no input document: `$` is empty at the top of an expression; use `$states.input`.
    const result: unknown = await compileExpression(source).evaluate(undefined, bindings);
    // The round trip also frees the result of the marks that JSONata hides in arrays.
    text = JSON.stringify(result, refuseFunctions) as string | undefined;
  } catch (error) {
    // JSONata throws plain objects.
    const { code, message = String(error) } = error as { code?: string; message?: string };
    const reason = code === undefined ? message : `${code}: ${message}`;
    throw evaluationError(
      location,
      `${describeTemplate(source, location)} threw an error during evaluation. ${reason}`,
    );
  }
  if (text === undefined) {
    throw evaluationError(location, `${describeTemplate(source, location)} returned nothing (undefined).`);
  }
  return JSON.parse(text) as Json;
}

/** JSONata's functions are objects that hold their whole environment. */
function refuseFunctions(_: string, value: unknown): unknown {
  const marks = value as { _jsonata_function?: true; _jsonata_lambda?: true } | null;
  if (typeof value === "function" || marks?._jsonata_function || marks?._jsonata_lambda) {
    throw new TypeError("a function is no JSON value");
  }
  return value;
}
