import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AccessPolicyFile } from "@landbridge/core";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import { z } from "zod";

const FILES = { access: AccessPolicyFile, organization: OrganizationFile, directory: DirectoryFile };

export type InputFileName = keyof typeof FILES;

/** The input files that a person writes, by name without `.yaml`. */
export const INPUT_FILES = Object.keys(FILES) as readonly InputFileName[];

/** JSON Schema of one of the three input files, for editors and validators. */
export function jsonSchema(name: InputFileName): string {
  return `${JSON.stringify(z.toJSONSchema(FILES[name], { io: "input" }), null, 2)}\n`;
}

/** The comment in a YAML file by which editors find its schema, which is next to it. */
export function schemaLine(name: InputFileName): string {
  return `yaml-language-server: $schema=${fileName(name)}`;
}

/** Writes the schema that {@link schemaLine} refers to; one of another version is replaced. */
export async function writeSchema(folder: string, name: InputFileName): Promise<void> {
  await writeFile(join(folder, fileName(name)), jsonSchema(name));
}

function fileName(name: InputFileName): string {
  return `${name}.schema.json`;
}
