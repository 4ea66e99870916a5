import { readAwsContract } from "./aws/aws-contract.ts";
import type { Contract } from "./contract.ts";
import { readGraphContract } from "./graph/graph-contract.ts";
import { readScimContract } from "./scim/scim-contract.ts";

/** C2J model of each AWS service, by the segment that it is mounted at. */
const AWS_MODELS: Readonly<Record<string, string>> = {
  "sso-admin": "sso-admin",
  identitystore: "identitystore",
  organizations: "organizations",
  secretsmanager: "secretsmanager",
  dynamodb: "dynamodb",
  s3: "s3",
  sts: "sts",
  states: "stepfunctions",
  events: "events",
  scheduler: "scheduler",
};

/** The contracts of a folder. Each is read, and each of its schemas compiled, once: when it is first needed. */
export class Contracts {
  readonly #folder: string;
  readonly #read = new Map<string, Contract | null>();

  /** @param folder with `aws/`, `graph/` and `scim/` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The contract of the service at a segment; null if there is none. */
  of(service: string): Contract | null {
    const known = this.#read.get(service);
    if (known !== undefined) return known;
    const contract = readContract(this.#folder, service);
    this.#read.set(service, contract);
    return contract;
  }
}

function readContract(folder: string, service: string): Contract | null {
  const model = AWS_MODELS[service];
  if (model !== undefined) return readAwsContract(service, `${folder}/aws/${model}.json`);
  if (service === "graph") return readGraphContract(`${folder}/graph/openapi.json`);
  return service === "scim" ? readScimContract(`${folder}/scim`) : null;
}
