import type { Contract } from "../contract.ts";
import { makeJsonContract } from "./json-contract.ts";
import { readModel } from "./model.ts";
import { makeQueryContract } from "./query-contract.ts";
import { makeRestContract } from "./rest-contract.ts";
import { makeShapeSchemas } from "./shape-schemas.ts";

/** @param service segment that the service is mounted at @param file path of its C2J model */
export function readAwsContract(service: string, file: string): Contract {
  const model = readModel(file);
  const parts = { service, model, schemas: makeShapeSchemas(model) };
  switch (model.metadata.protocol) {
    case "json":
      return makeJsonContract(parts);
    case "query":
      return makeQueryContract(parts);
    case "rest-json":
    case "rest-xml":
      return makeRestContract(parts);
  }
}
