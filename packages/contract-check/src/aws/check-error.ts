import type { Problem } from "../contract.ts";
import type { JsonSchemas } from "../json-schema.ts";
import { isCommonError } from "./common-errors.ts";
import { errorOf, type Model, type ModelOperation, shapeOf } from "./model.ts";
import { shapePointer } from "./shape-schemas.ts";

export interface ServiceModel {
  /** Segment that the service is mounted at. */
  readonly service: string;
  readonly model: Model;
  readonly schemas: JsonSchemas;
}

export interface AnsweredError {
  readonly status: number;
  /** Null when the answer names none. */
  readonly code: string | null;
  /** Members of the error; null when they are not to be checked. */
  readonly members: Readonly<Record<string, unknown>> | null;
}

/** An error must be one that the operation declares, with its status and members, or one common to the service. */
export function checkError(
  { service, model, schemas }: ServiceModel,
  operation: ModelOperation,
  error: AnsweredError,
): Problem[] {
  const { status, code, members } = error;
  if (code === null) return [{ path: "$", message: `is an answer ${status} that names no error` }];
  const declared = operation.errors?.find(({ shape }) => errorOf(model, shape).code === code)?.shape;
  if (declared === undefined) {
    if (isCommonError(service, code)) return [];
    return [{ path: "$.__type", message: `the operation declares no error ${code}` }];
  }
  const expected = errorOf(model, declared).status;
  const problems: Problem[] = [];
  if (status !== expected)
    problems.push({ path: "status", message: `${code} is ${expected}, not ${status}` });
  if (members === null) return problems;
  return [...problems, ...schemas.check(shapePointer(declared), withModelSpelling(model, declared, members))];
}

/**
 * Services spell the message either way, whatever their model says, and SDKs read both; an error whose model has none comes
 * with one anyway.
 */
function withModelSpelling(model: Model, shape: string, members: Readonly<Record<string, unknown>>): object {
  const known = Object.keys(shapeOf(model, shape).members ?? {});
  const spelling = known.find(isMessage);
  const entries = Object.entries(members).flatMap(([name, value]) => {
    if (name === "__type") return [];
    if (!isMessage(name) || known.includes(name)) return [[name, value]];
    return spelling === undefined ? [] : [[spelling, value]];
  });
  return Object.fromEntries(entries) as object;
}

function isMessage(name: string): boolean {
  return name.toLowerCase() === "message";
}

/** Extracts the name from `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException:http://…`. */
export function errorName(type: string): string {
  return type.replace(/:.*$/, "").replace(/^.*#/, "");
}
