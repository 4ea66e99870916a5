import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { FlowError, parseYaml } from "@landbridge/core";
import type { z } from "zod";
import { UsageError } from "../../exit.ts";

/** Where the sample keeps its mappings. */
const IN_REPOSITORY = "identity-center-mapping-info";

export interface MappingFile<T> {
  /** As in messages: `permission-sets/admin.json`. */
  readonly file: string;
  readonly value: T;
  /** A failure at a place of the file. */
  invalid(path: readonly (string | number)[], message: string): FlowError<"PolicyInvalid">;
}

/** The folder itself, or the one of the sample's repository. @throws {UsageError} when neither has permission sets */
export async function findMappings(dir: string): Promise<string> {
  for (const candidate of [dir, join(dir, IN_REPOSITORY)]) {
    if ((await listJson(join(candidate, "permission-sets"))) !== null) return candidate;
  }
  throw new UsageError(
    `${dir} has no folder permission-sets; expected it beside global-mapping.json and target-mapping.json`,
  );
}

/** Names of the files of `permission-sets/`, in order. */
export async function permissionSetFiles(dir: string): Promise<string[]> {
  const names = (await listJson(join(dir, "permission-sets"))) ?? [];
  return names.map((name) => `permission-sets/${name}`).toSorted();
}

/** One file, or null when it is not there. @throws {FlowError} PolicyInvalid with file, line and column */
export async function readMapping<T>(
  dir: string,
  file: string,
  schema: z.ZodType<T>,
): Promise<MappingFile<T> | null> {
  const text = await readIfThere(join(dir, file));
  if (text === null) return null;
  // JSON is YAML but for tabs, which stand for nothing between its tokens and may not stand inside them.
  const { value, positions } = parseYaml(schema, text.replaceAll("\t", " "), {
    file,
    error: "PolicyInvalid",
  });
  return {
    file,
    value,
    invalid(path, message) {
      const { line, column } = positions[path.join(".")] ?? { line: 1, column: 1 };
      return new FlowError("PolicyInvalid", `${file}:${line}:${column}: ${message}`);
    },
  };
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
