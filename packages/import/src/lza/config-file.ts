import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FlowError } from "@landbridge/core";
import type { z } from "zod";
import type { ImportFindings } from "../findings.ts";
import { type Path, readSource, type SourceFile } from "../source-file.ts";
import { replaceTokens, restoreTokens, type TokenValues } from "./replacement-tokens.ts";

/** A folder with a landing zone's configuration, and what is found while it is read. */
export interface LandingZone {
  readonly dir: string;
  readonly findings: ImportFindings;
}

/**
 * Reads one YAML file of a landing zone. `tokens`: values of `{{ Name }}`; without them the braces mean nothing.
 * @throws {FlowError} PolicyInvalid when it is missing, is no YAML, or lacks what the schema wants
 */
export async function readConfigFile<T>(
  { dir, findings }: LandingZone,
  name: string,
  { schema, tokens = new Map() }: { readonly schema: z.ZodType<T>; readonly tokens?: TokenValues },
): Promise<SourceFile<T>> {
  const text = await readZoneFile(dir, name);
  if (text === undefined) throw new FlowError("PolicyInvalid", `${name} is not in ${dir}`);
  const unknown: { token: string; path: Path }[] = [];
  const file = readSource(replaceTokens(text, tokens), {
    name,
    schema,
    findings,
    prepare: (value) => restoreTokens(value, (token, path) => unknown.push({ token, path })),
  });
  for (const { token, path } of unknown) {
    file.note(path, `{{ ${token} }} is not known and left as it is; write its value in its place.`);
  }
  return file;
}

/** The text of a file in the folder, or undefined if there is none. */
export async function readZoneFile(dir: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(dir, name), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
