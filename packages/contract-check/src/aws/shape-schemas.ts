import { JsonSchemas } from "../json-schema.ts";
import type { Model, Shape } from "./model.ts";

type Schema = Readonly<Record<string, unknown>> | true;

/** The shapes of a model as JSON Schemas, each at `/$defs/<Shape>`. */
export function makeShapeSchemas(model: Model): JsonSchemas {
  // JSON has epoch seconds; XML, queries and headers have times as text.
  const epochTimes = model.metadata.protocol === "json" || model.metadata.protocol === "rest-json";
  const entries = Object.entries(model.shapes).map(([name, shape]) => [name, toSchema(shape, epochTimes)]);
  return new JsonSchemas({ $defs: Object.fromEntries(entries) as object });
}

export function shapePointer(shape: string): string {
  return `/$defs/${shape}`;
}

function toSchema(shape: Shape, epochTimes: boolean): Schema {
  if (shape.document) return true;
  const { min, max } = shape;
  switch (shape.type) {
    case "structure":
      return structureSchema(shape);
    case "list":
      return { type: "array", items: reference(shape.member), minItems: min, maxItems: max };
    case "map":
      return {
        type: "object",
        propertyNames: reference(shape.key),
        additionalProperties: reference(shape.value),
        minProperties: min,
        maxProperties: max,
      };
    case "string":
      return stringSchema(shape);
    case "integer":
    case "long":
      return { type: "integer", minimum: min, maximum: max };
    case "double":
    case "float":
      return { type: "number", minimum: min, maximum: max };
    case "boolean":
      return { type: "boolean" };
    case "blob":
      // Lengths of a blob count bytes; the wire has base64, four characters for three.
      return { type: "string", maxLength: max === undefined ? undefined : 4 * Math.ceil(max / 3) };
    case "timestamp":
      return epochTimes && shape.timestampFormat !== "iso8601"
        ? { type: "number" }
        : { type: "string", format: "time-text" };
  }
}

function structureSchema({ members = {}, required = [], union }: Shape): Schema {
  const properties = Object.entries(members).map(([name, { shape }]) => [name, reference({ shape })]);
  return {
    type: "object",
    properties: Object.fromEntries(properties) as object,
    required,
    additionalProperties: false,
    ...(union && { minProperties: 1, maxProperties: 1 }),
  };
}

function stringSchema({ min, max, enum: values, pattern }: Shape): Schema {
  return { type: "string", minLength: min, maxLength: max, enum: values, wholePattern: pattern };
}

function reference(member: { readonly shape: string } | undefined): Schema {
  return member === undefined ? true : { $ref: `#/$defs/${member.shape}` };
}
