import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FlowError } from "@landbridge/core";
import { LineCounter, isNode, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { replaceTokens, restoreTokens } from "./replacement-tokens.ts";

export type Path = readonly (string | number)[];

/** A folder with a landing zone's configuration, and what is found while it is read. */
export interface LandingZone {
  readonly dir: string;
  /** Values of `{{ Name }}` tokens. */
  readonly replacements: ReadonlyMap<string, string>;
  /** One sentence for the reader of the import. */
  note(sentence: string): void;
}

/** A parsed file that knows where everything in it stands. */
export interface ConfigFile<T> {
  readonly value: T;
  /** A failure at a node, or at the nearest one around it: `iam-config.yaml:12:5: …` */
  invalid(path: Path, message: string): FlowError<"PolicyInvalid">;
}

/**
 * Reads one YAML file of a landing zone.
 * @throws {FlowError} PolicyInvalid when it is missing, is no YAML, or lacks what the schema wants
 */
export async function readConfigFile<T>(
  zone: LandingZone,
  name: string,
  schema: z.ZodType<T>,
): Promise<ConfigFile<T>> {
  const text = await readZoneFile(zone.dir, name);
  if (text === undefined) throw new FlowError("PolicyInvalid", `${name} is not in ${zone.dir}`);
  const lines = new LineCounter();
  const document = parseDocument(replaceTokens(text, zone.replacements), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    throw failure(name, lines.linePos(syntaxError.pos[0]), `this is not valid YAML: ${syntaxError.message}`);
  }

  const root = restoreTokens(toValue(document, name), (token) => {
    zone.note(`${name}: {{ ${token} }} is left as it is; write its value in its place.`);
  });
  const invalid = (path: Path, message: string): FlowError<"PolicyInvalid"> =>
    failure(name, lines.linePos(offsetOf(document, path)), message);
  const parsed = schema.safeParse(root);
  if (parsed.success) return { value: parsed.data, invalid };
  const problems = parsed.error.issues.map(({ path, message }) => {
    const keys = path.map((key) => (typeof key === "symbol" ? String(key) : key));
    return invalid(keys, keys.length > 0 ? `${keys.join(".")}: ${message}` : message).message;
  });
  throw new FlowError("PolicyInvalid", problems.join("\n"));
}

function toValue(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // How the parser reports an alias that leads nowhere or unfolds without end.
    if (error instanceof ReferenceError) throw new FlowError("PolicyInvalid", `${name}: ${error.message}`);
    throw error;
  }
}

/** The text of a file in the folder, or undefined when there is none. */
export async function readZoneFile(dir: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(dir, name), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function failure(
  file: string,
  { line, col }: { line: number; col: number },
  message: string,
): FlowError<"PolicyInvalid"> {
  return new FlowError("PolicyInvalid", `${file}:${Math.max(line, 1)}:${Math.max(col, 1)}: ${message}`);
}
