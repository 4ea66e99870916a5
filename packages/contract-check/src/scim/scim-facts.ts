import { readFileSync } from "node:fs";

/** The parts of `endpoint.json` that a check needs. */
export interface ScimEndpoint {
  readonly operations: readonly ScimOperation[];
  readonly attributes: {
    readonly User: { readonly required: readonly string[]; readonly unsupported: readonly string[] };
    readonly Group: { readonly required: readonly string[]; readonly unsupported: readonly string[] };
  };
  readonly filters: {
    readonly Users: readonly (readonly string[])[];
    readonly Groups: readonly (readonly string[])[];
  };
  readonly list: {
    readonly count: { readonly min: number; readonly max: number };
    readonly withCursor: { readonly cursorPattern: string };
  };
  readonly errors: Readonly<Record<string, { readonly status: number }>>;
}

export interface ScimOperation {
  readonly name: string;
  readonly method: string;
  /** Template below the base address. */
  readonly path: string;
  readonly success: { readonly status: number; readonly body: string | null };
  readonly query?: readonly string[];
  readonly patchableAttributes?: readonly string[];
  readonly pathRequiredFor?: readonly string[];
  readonly notRemovable?: readonly string[];
  readonly oncePerRequest?: readonly string[];
  readonly limits?: { readonly members?: number; readonly membershipChanges?: number };
  readonly errors: readonly string[];
}

export interface ScimAttribute {
  readonly name: string;
  readonly type: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly mutability: string;
  readonly subAttributes?: readonly ScimAttribute[];
}

export interface ScimResourceSchema {
  readonly id: string;
  readonly attributes: readonly ScimAttribute[];
}

/** @param folder with `endpoint.json` and `schemas.json` */
export function readScimFacts(folder: string) {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
  const schemas = read("schemas") as { readonly body: { readonly Resources: ScimResourceSchema[] } };
  return { endpoint: read("endpoint") as ScimEndpoint, resourceSchemas: schemas.body.Resources };
}

export type ScimFacts = ReturnType<typeof readScimFacts>;
