import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { compilePattern } from "./aws/pattern.ts";
import type { Problem } from "./contract.ts";

/** More would only repeat the first ones in other words. */
const MOST_PROBLEMS = 5;

/** Keywords that only say that a schema below them failed. */
const WRAPPERS = new Set(["if", "anyOf", "oneOf", "allOf"]);

/** Schemas of one contract, each compiled when it is first needed. */
export class JsonSchemas {
  readonly #ajv: Ajv2020;
  readonly #id = "contract";

  /** @param document a JSON document whose parts are schemas; its own `#/…` references are resolved */
  constructor(document: object) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, validateFormats: true });
    addFormats.default(this.#ajv);
    this.#ajv.addFormat("time-text", (text) => !Number.isNaN(Date.parse(text)));
    this.#ajv.addKeyword({
      keyword: "wholePattern",
      type: "string",
      schemaType: "string",
      compile(pattern: string) {
        const expression = compilePattern(pattern);
        return (text: string) => expression.test(text);
      },
      error: { message: (context) => `must match the pattern ${String(context.schema)}` },
    });
    this.#ajv.addSchema(document, this.#id);
  }

  /** @param pointer JSON pointer to a schema in the document @throws {Error} if there is none */
  check(pointer: string, value: unknown): Problem[] {
    const validate = this.#validator(pointer);
    return validate(value) ? [] : problemsOf(validate.errors ?? []);
  }

  #validator(pointer: string): ValidateFunction {
    const validate = this.#ajv.getSchema(`${this.#id}#${pointer}`);
    if (validate === undefined) throw new Error(`The contract has no schema at ${pointer}.`);
    return validate;
  }
}

function problemsOf(errors: readonly ErrorObject[]): Problem[] {
  const telling = errors.filter(({ keyword }) => !WRAPPERS.has(keyword));
  const chosen = (telling.length > 0 ? telling : errors).slice(0, MOST_PROBLEMS);
  return chosen.map((error) => ({ path: jsonPath(error.instancePath), message: explain(error) }));
}

/** In words of Ajv, with the names that it leaves out. */
function explain({ keyword, params, message = keyword }: ErrorObject): string {
  if (keyword === "additionalProperties") return `has no member '${String(params["additionalProperty"])}'`;
  if (keyword === "enum") return `must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
  return message;
}

/** `/Tags/0/Key` as `$.Tags[0].Key` */
export function jsonPath(pointer: string): string {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const path = steps.map((step) => {
    if (/^\d+$/.test(step)) return `[${step}]`;
    return /^[\w$]+$/.test(step) ? `.${step}` : `["${step}"]`;
  });
  return `$${path.join("")}`;
}

/** A name as one step of a JSON pointer. */
export function pointerStep(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

/** The value, or the one problem that there is none. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: Problem } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: { path: "$", message: text === "" ? "is empty, not JSON" : "is not JSON" } };
  }
}
