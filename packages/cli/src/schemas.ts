import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AccessPolicyFile } from "@landbridge/core";
import { type InputFileName, schemaFile } from "@landbridge/import";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import { z } from "zod";

const FILES = {
  access: AccessPolicyFile,
  organization: OrganizationFile,
  directory: DirectoryFile,
} as const satisfies Readonly<Record<InputFileName, z.ZodType>>;

/** The input files that a person writes, by name without `.yaml`. */
export const INPUT_FILES = Object.keys(FILES) as readonly InputFileName[];

/** JSON Schema of one of the three input files, for editors and validators. */
export function jsonSchema(name: InputFileName): string {
  return `${JSON.stringify(z.toJSONSchema(FILES[name], { io: "input" }), null, 2)}\n`;
}

/** Writes the schema that `schemaLine` refers to; one of another version is replaced. */
export async function writeSchema(folder: string, name: InputFileName): Promise<void> {
  await writeFile(join(folder, schemaFile(name)), jsonSchema(name));
}
