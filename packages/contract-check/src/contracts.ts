import { readAwsContract } from "./aws/aws-contract.ts";
import type { Contract } from "./contract.ts";
import { readGraphContract } from "./graph/graph-contract.ts";
import { type ContractFolders, vendorOf } from "./places.ts";
import { readScimContract } from "./scim/scim-contract.ts";

/** The contracts of some folders. Each is read, and each of its schemas compiled, once: when it is first needed. */
export class Contracts {
  readonly #folders: ContractFolders;
  readonly #read = new Map<string, Contract | null>();

  constructor(folders: ContractFolders) {
    this.#folders = folders;
  }

  /** The contract of the service at a segment; null if there is none. */
  of(service: string): Contract | null {
    const known = this.#read.get(service);
    if (known !== undefined) return known;
    const contract = readContract(this.#folders, service);
    this.#read.set(service, contract);
    return contract;
  }

  /** True when somebody describes the service, but not in these folders. */
  lacks(service: string): boolean {
    const vendor = vendorOf(service);
    return vendor !== null && this.#folders[vendor] === null;
  }
}

function readContract(folders: ContractFolders, service: string): Contract | null {
  const vendor = vendorOf(service);
  const folder = vendor === null ? null : folders[vendor];
  if (vendor === null || folder === null) return null;
  switch (vendor) {
    case "aws":
      return readAwsContract(service, folder);
    case "graph":
      return readGraphContract(`${folder}/openapi.json`);
    case "scim":
      return readScimContract(folder);
  }
}
