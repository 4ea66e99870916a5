import { readFileSync } from "node:fs";

/** The parts of an OpenAPI 3.1 document that a check needs. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, GraphOperation>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly schemas: object;
  };
}

export interface GraphOperation {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean };
  readonly responses: Readonly<Record<string, GraphResponse | Reference>>;
}

interface GraphResponse {
  readonly content?: Readonly<Record<string, object>>;
}

export interface Reference {
  readonly $ref: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: { readonly type?: string; readonly enum?: readonly string[] };
}

/** @param file path of the document */
export function readOpenApi(file: string): OpenApi {
  return JSON.parse(readFileSync(file, "utf8")) as OpenApi;
}

export function parametersOf({ components }: OpenApi, { parameters = [] }: GraphOperation): Parameter[] {
  return parameters.flatMap((parameter) => {
    if (!("$ref" in parameter)) return [parameter];
    return components.parameters[parameter.$ref.replace("#/components/parameters/", "")] ?? [];
  });
}
