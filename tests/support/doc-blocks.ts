import { readFileSync } from "node:fs";

/** A fenced block of a page. */
export interface DocBlock {
  /** The text after the fence: `yaml refused`. */
  readonly info: string;
  readonly text: string;
  /** Line of the fence in the page, from 1. */
  readonly line: number;
}

/** The fenced blocks of `docs/<page>`, in order. */
export function docBlocks(page: string): DocBlock[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm)].map((match) => ({
    info: match[1] ?? "",
    text: match[2] ?? "",
    line: text.slice(0, match.index).split("\n").length,
  }));
}
