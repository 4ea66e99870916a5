import { readFileSync } from "node:fs";
import { parseYaml } from "@landbridge/core";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";

type Schema<T> = Parameters<typeof parseYaml<T>>[0];

/** A YAML file as the product reads it. `path`: absolute, or from the root of the repository. */
export function readYaml<T>(schema: Schema<T>, path: string): T {
  return parseYaml(schema, readFileSync(path, "utf8"), { file: path, error: "PolicyInvalid" }).value;
}

/** The example company, without its policy. */
export function exampleCompany(): { organization: OrganizationFile; directory: DirectoryFile } {
  return {
    organization: readYaml(OrganizationFile, "examples/organization.yaml"),
    directory: readYaml(DirectoryFile, "examples/directory.yaml"),
  };
}
