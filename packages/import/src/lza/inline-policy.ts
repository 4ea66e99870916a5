import { join, relative } from "node:path";
import type { Path, SourceFile } from "../source-file.ts";
import { type LandingZone, readZoneFile } from "./config-file.ts";
import { replaceVariables } from "./policy-variables.ts";
import type { IamConfig } from "./schemas.ts";

interface Context {
  readonly zone: LandingZone;
  readonly iam: SourceFile<IamConfig>;
  readonly variables: ReadonlyMap<string, string>;
}

/** A policy file with its variables replaced; undefined when it was refused. `path`: where it is asked for. */
export async function readInlinePolicy(
  { zone, iam, variables }: Context,
  { file, path }: { readonly file: string; readonly path: Path },
): Promise<unknown> {
  // A landing zone may be untrusted: it must not copy a file of its reader into the policy.
  if (relative(zone.dir, join(zone.dir, file)).startsWith("..")) {
    iam.refuse(path, `${file} is outside of the landing zone's folder`);
    return undefined;
  }
  const text = await readZoneFile(zone.dir, file);
  if (text === undefined) {
    iam.refuse(path, `the policy file ${file} does not exist`);
    return undefined;
  }
  const unknown: { variable: string; line: number; column: number }[] = [];
  const replaced = replaceVariables(text, variables, (variable, offset) =>
    unknown.push({ variable, ...positionAt(text, offset) }),
  );
  const document = parseJson(replaced);
  if (document.ok) {
    for (const { variable, line, column } of unknown) {
      zone.findings.note(
        `${file}:${line}:${column}: ${variable} is not known and left as it is; write its value in its place.`,
      );
    }
    return document.value;
  }
  const [first] = unknown;
  zone.findings.refuse({
    file,
    line: first?.line ?? document.line,
    column: first?.column ?? document.column,
    path: "",
    message: first
      ? `the value of ${first.variable} is not known; write it in its place`
      : `this is not valid JSON: ${document.message}`,
  });
  return undefined;
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(error.message) ?? [];
    return { ok: false, message: error.message, line: Number(line ?? 1), column: Number(column ?? 1) };
  }
}
