import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WORDS = "docs/words.md";
const FILES = [
  "*.{md,ts}",
  "{bench,docs,examples,functions,infra,packages,stepfunctions,tests}/**/*.{ts,md,json,yaml}",
];

interface Word {
  readonly avoid: string;
  readonly write: string;
}

/** The rows of the table "Words to avoid". */
function wordsToAvoid(): Word[] {
  const [, table = ""] = readFileSync(`${ROOT}${WORDS}`, "utf8").split("## Words to avoid");
  return table.split("\n").flatMap((line) => {
    const [, avoid = "", write = ""] = line.split("|").map((cell) => cell.trim());
    return [...avoid.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => ({ avoid: word, write }));
  });
}

/** Matches a word as a whole. The start of a comment is matched exactly: only a capital begins a sentence. */
function patternOf({ avoid }: Word): RegExp {
  const isComment = /^\W/.test(avoid);
  const text = avoid.replaceAll(/[/*]/g, String.raw`\$&`);
  return new RegExp(isComment ? `^\\s*${text}\\b` : `(?<![\\w-])${text}(?![\\w-])`, isComment ? "" : "i");
}

const words = wordsToAvoid().map((word) => ({ ...word, pattern: patternOf(word) }));

/** `file:line: "word" … write …`, for each word to avoid in the text. */
function findWords(file: string, text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      words
        .filter(({ pattern }) => pattern.test(line))
        .map(({ avoid, write }) => `${file}:${index + 1}: "${avoid}"; write: ${write}`),
    );
}

describe(WORDS, () => {
  it("lists words that are found, with place and replacement", () => {
    expect(findWords("a.ts", "ok\n// Mend it.\n  /** Of the plan. */\namend")).toEqual([
      'a.ts:2: "mend"; write: fix; remedy (noun)',
      expect.stringMatching(/^a\.ts:3: "\/\*\* Of"; write: the noun/),
    ]);
  });

  it("keeps them out of source, messages and documentation", () => {
    const files = FILES.flatMap((pattern) => globSync(pattern, { cwd: ROOT, exclude: ["**/node_modules"] }));
    const read = files.filter((file) => ![WORDS, "tests/rules/words.test.ts"].includes(file));
    expect(read.length).toBeGreaterThan(1000);
    expect(read.flatMap((file) => findWords(file, readFileSync(`${ROOT}${file}`, "utf8")))).toEqual([]);
  });
});
