import { readFileSync } from "node:fs";

/** The parts of a C2J model (botocore's `service-2.json`) that a check needs. */
export interface Model {
  readonly metadata: {
    readonly protocol: "json" | "rest-json" | "rest-xml" | "query";
    readonly targetPrefix?: string;
    readonly apiVersion: string;
    /** Version of the protocol `json`: 1.0 or 1.1. */
    readonly jsonVersion?: string;
  };
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface ModelOperation {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string; readonly resultWrapper?: string };
  readonly errors?: readonly { readonly shape: string }[];
}

export interface Member {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly streaming?: boolean;
}

export interface Shape {
  readonly type:
    | "structure"
    | "list"
    | "map"
    | "string"
    | "integer"
    | "long"
    | "double"
    | "float"
    | "boolean"
    | "blob"
    | "timestamp";
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly document?: boolean;
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly flattened?: boolean;
  readonly payload?: string;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly timestampFormat?: string;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
}

/** @param file path of a model */
export function readModel(file: string): Model {
  return JSON.parse(readFileSync(file, "utf8")) as Model;
}

/** @throws {Error} when the model contradicts itself */
export function shapeOf({ shapes }: Model, name: string): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}.`);
  return shape;
}

/** What a client sees of an error shape: its code and HTTP status. */
export function errorOf(model: Model, name: string): { readonly code: string; readonly status: number } {
  const { error = {}, fault } = shapeOf(model, name);
  return { code: error.code ?? name, status: error.httpStatusCode ?? (fault ? 500 : 400) };
}
