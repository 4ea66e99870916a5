import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AWS_MODELS } from "./aws/aws-models.ts";
import { BOTOCORE } from "./aws/botocore.ts";

/** Whose contracts can be absent. */
export type Vendor = "aws" | "graph" | "scim";

/** The folder with each vendor's contracts; null where there is none. */
export type ContractFolders = Readonly<Record<Vendor, string | null>>;

/** `npm run contracts:install` writes it. A folder of another version counts as none. */
export const INSTALLED_MODELS = fileURLToPath(
  new URL(`../../../.contracts/botocore-${BOTOCORE.version}`, import.meta.url),
);

/** A folder next to the repository, which not everybody has. */
export const SHARED_CONTRACTS = fileURLToPath(new URL("../../../../shared/contracts", import.meta.url));

export const contractFolders: ContractFolders = {
  aws: firstThatExists([INSTALLED_MODELS, `${SHARED_CONTRACTS}/aws`]),
  graph: firstThatExists([`${SHARED_CONTRACTS}/graph`]),
  scim: firstThatExists([`${SHARED_CONTRACTS}/scim`]),
};

/** For the titles of tests that need contracts. */
export const WITHOUT_CONTRACTS: Readonly<Record<Vendor, string>> = {
  aws: "skipped without AWS's models: npm run contracts:install",
  graph: "skipped without ../shared/contracts/graph",
  scim: "skipped without ../shared/contracts/scim",
};

/** Whose contract describes the service at a segment; null when nobody's does. */
export function vendorOf(service: string): Vendor | null {
  if (Object.hasOwn(AWS_MODELS, service)) return "aws";
  return service === "graph" || service === "scim" ? service : null;
}

function firstThatExists(folders: readonly string[]): string | null {
  return folders.find((folder) => existsSync(folder)) ?? null;
}
