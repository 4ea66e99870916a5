import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { SourceError } from "../source-error.ts";
import type { ImportFindings } from "../findings.ts";
import { readSource, type SourceFile } from "../source-file.ts";

/** Where the sample keeps its mappings. */
const IN_REPOSITORY = "identity-center-mapping-info";

/** A folder with mappings, and what is found while it is read. */
export interface MappingFolder {
  readonly dir: string;
  readonly findings: ImportFindings;
}

/** The folder itself, or the one of the sample's repository. @throws {SourceError} when neither has permission sets */
export async function findMappings(dir: string): Promise<string> {
  for (const candidate of [dir, join(dir, IN_REPOSITORY)]) {
    if ((await listJson(join(candidate, "permission-sets"))) !== null) return candidate;
  }
  throw new SourceError(
    `${dir} has no folder permission-sets; expected it next to global-mapping.json and target-mapping.json`,
  );
}

/** Names of the files of `permission-sets/`, in order. */
export async function permissionSetFiles(dir: string): Promise<string[]> {
  const names = (await listJson(join(dir, "permission-sets"))) ?? [];
  return names.map((name) => `permission-sets/${name}`).toSorted();
}

/** One file, or null when it is not there. @throws {FlowError} PolicyInvalid with file, line and column */
export async function readMapping<T>(
  { dir, findings }: MappingFolder,
  name: string,
  schema: z.ZodType<T>,
): Promise<SourceFile<T> | null> {
  const text = await readIfThere(join(dir, name));
  if (text === null) return null;
  // JSON is YAML except for tabs, which have no meaning between its tokens and may not occur inside them.
  return readSource(text.replaceAll("\t", " "), { name, schema, findings });
}

async function listJson(dir: string): Promise<string[] | null> {
  try {
    return (await readdir(dir)).filter((name) => name.endsWith(".json"));
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
