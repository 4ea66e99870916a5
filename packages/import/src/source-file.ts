import { didYouMean, formatPath, parseYaml, type SourcePosition } from "@landbridge/core";
import type { z } from "zod";
import type { ImportFindings } from "./findings.ts";

export type Path = readonly (string | number)[];

/** A parsed file that knows the position of everything in it. */
export interface SourceFile<T> {
  /** The name in messages: `permission-sets/admin.json`. */
  readonly name: string;
  readonly value: T;
  /** Reports, at a node or the nearest one around it, why the file cannot be imported. */
  refuse(path: Path, message: string): void;
  /** Notes what happens to a node: `iam-config.yaml:12:5: …` */
  note(path: Path, sentence: string): void;
}

interface Reading<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly findings: ImportFindings;
  /** Changes what was read before the schema sees it. */
  readonly prepare?: (value: unknown) => unknown;
}

/** Reads YAML, and JSON, which is YAML too. @throws {FlowError} PolicyInvalid with file, line and column */
export function readSource<T>(text: string, { name, schema, findings, prepare }: Reading<T>): SourceFile<T> {
  const { value, positions } = parseYaml(schema, text, {
    file: name,
    error: "PolicyInvalid",
    aliases: "resolve",
    ...(prepare && { prepare }),
  });
  const positionOf = (path: Path): SourcePosition => {
    for (let length = path.length; length > 0; length--) {
      const position = positions[path.slice(0, length).join(".")];
      if (position) return position;
    }
    return { file: name, line: 1, column: 1 };
  };
  return {
    name,
    value,
    refuse: (path, message) => findings.refuse({ ...positionOf(path), path: formatPath(path), message }),
    note(path, sentence) {
      const { line, column } = positionOf(path);
      findings.note(`${name}:${line}:${column}: ${sentence}`);
    },
  };
}

/** Notes the unread keys of a mapping: their contents are lost, and one may be a typing error. */
export function noteUnreadKeys(
  file: SourceFile<unknown>,
  path: Path,
  { value, known }: { readonly value: object; readonly known: readonly string[] },
): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    file.note([...path, key], `${JSON.stringify(key)} is not read${didYouMean(key, known)}.`);
  }
}
