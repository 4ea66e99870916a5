import { fileURLToPath } from "node:url";
import { bindPolicy, parseAccessPolicy, parseYaml } from "@landbridge/core";
import { createSandbox, DirectoryFile, makeScaledClock, OrganizationFile } from "@landbridge/sandbox";
import { UsageError } from "../exit.ts";
import { readText } from "../read-text.ts";
import { simulatedDirectory, simulatedOrganization } from "./simulated-world.ts";

export interface InputFiles {
  readonly policy: string;
  readonly organization: string;
  readonly directory: string;
}

export interface DemoInputs {
  readonly organization: OrganizationFile;
  readonly directory: DirectoryFile;
  /** Text of the access policy. */
  readonly policy: string;
}

/** The built-in company. */
export const EXAMPLE: InputFiles = {
  policy: exampleFile("access.yaml"),
  organization: exampleFile("organization.yaml"),
  directory: exampleFile("directory.yaml"),
};

function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url));
}

/**
 * Reads and checks all three files, also against each other, before anything starts.
 * @throws {UsageError} for a file that cannot be read or that contradicts another; FlowError PolicyInvalid
 */
export async function readInputs(files: InputFiles, manageManagementAccount: boolean): Promise<DemoInputs> {
  const [organizationText, directoryText, policy] = await Promise.all([
    readText(files.organization),
    readText(files.directory),
    readText(files.policy),
  ]);
  const organization = parseYaml(OrganizationFile, organizationText, source(files.organization)).value;
  const directory = parseYaml(DirectoryFile, directoryText, source(files.directory)).value;
  const access = parseAccessPolicy(policy, files.policy);
  const world = imitate({ organization, directory });
  bindPolicy(access, { ...world, now: new Date().toISOString() }, { manageManagementAccount });
  return { organization, directory, policy };
}

/** Builds the simulated world; contradictions in the files (an unknown member) are detected here. */
function imitate(files: Pick<DemoInputs, "organization" | "directory">) {
  try {
    const sandbox = createSandbox({ ...files, clock: makeScaledClock(1) });
    return { organization: simulatedOrganization(sandbox), directory: simulatedDirectory(sandbox) };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function source(file: string): { file: string; error: "PolicyInvalid" } {
  return { file, error: "PolicyInvalid" };
}
