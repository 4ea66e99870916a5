import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import type { Lines } from "./lines.ts";

/** The end of SAML metadata. */
const END = /<\/(?:[\w.-]+:)?EntityDescriptor\s*>/;

/**
 * Reads a document from its first line: the path of a file, or the beginning of pasted XML, up to its last tag.
 * @returns null when the input ends early
 * @throws {Error} of the file system
 */
export async function readDocument(firstLine: string, lines: Lines): Promise<string | null> {
  if (!firstLine.trimStart().startsWith("<")) return readFile(asPath(firstLine), "utf8");
  let text = firstLine;
  while (!END.test(text)) {
    const line = await lines.next();
    if (line === null) return null;
    text += `\n${line}`;
  }
  return text;
}

/** As typed, or as terminals write a file that is dragged onto them. */
function asPath(text: string): string {
  const path = text
    .trim()
    .replace(/^(['"])(.*)\1$/, "$2")
    .replaceAll("\\ ", " ");
  return path.startsWith("~/") ? homedir() + path.slice(1) : path;
}
