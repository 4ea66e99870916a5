import type { Contract } from "../contract.ts";
import { AWS_MODELS, CHOSEN_OPERATIONS } from "./aws-models.ts";
import { makeJsonContract } from "./json-contract.ts";
import { type Model, readModel } from "./model.ts";
import { narrowModel } from "./narrow-model.ts";
import { makeQueryContract } from "./query-contract.ts";
import { makeRestContract } from "./rest-contract.ts";
import { makeShapeSchemas } from "./shape-schemas.ts";

/** @param service segment that the service is mounted at @param folder with its C2J model, as botocore has it */
export function readAwsContract(service: string, folder: string): Contract {
  const model = readAwsModel(AWS_MODELS[service] ?? service, folder);
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

/** @param name of the model's file: `stepfunctions` */
export function readAwsModel(name: string, folder: string): Model {
  const model = readModel(`${folder}/${name}.json`);
  return narrowModel(model, CHOSEN_OPERATIONS[name] ?? Object.keys(model.operations));
}
