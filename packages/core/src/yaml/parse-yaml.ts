import { type Document, LineCounter, type YAMLParseError, isAlias, parseDocument, visit } from "yaml";
import type { z } from "zod";
import type { ErrorName } from "../errors.ts";
import type { SourcePosition } from "../model/source-position.ts";
import { IssueExplainer } from "./explain-issue.ts";
import { type InputIssue, throwIssues } from "./issues.ts";
import { NodeIndex } from "./node-index.ts";

export interface YamlSource {
  /** Name shown in messages. */
  readonly file: string;
  /** Name of the error if the text does not fit. */
  readonly error: ErrorName;
  /** For files of other tools: aliases (`*name`) and merge keys (`<<`) work as usual. */
  readonly aliases?: "resolve";
  /** Changes the value before the schema sees it. */
  readonly prepare?: (value: unknown) => unknown;
}

export interface ParsedYaml<T> {
  readonly value: T;
  /** Position of every node by path: `rules.0.groups.1`. */
  readonly positions: Record<string, SourcePosition>;
}

/**
 * Reads one YAML document against a schema; every finding has a file, line and column and says what is expected. Aliases are
 * refused unless requested: in a reviewed file each place says what applies there, and the file cannot expand excessively
 * when read.
 * @throws {FlowError} of the name in `source.error`
 */
export function parseYaml<T>(schema: z.ZodType<T>, text: string, source: YamlSource): ParsedYaml<T> {
  const lines = new LineCounter();
  const resolvesAliases = source.aliases === "resolve";
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: resolvesAliases });
  throwIssues(syntaxIssues(document, text, { source, lines }), source.error);

  const value = toValue(document, source);
  const root = source.prepare ? source.prepare(value) : value;
  const nodes = new NodeIndex(document, source.file, lines);
  const explainer = new IssueExplainer(nodes, root);
  const parsed = schema.safeParse(root, { error: explainer.errorMap });
  if (parsed.success) return { value: parsed.data, positions: nodes.positions() };

  throwIssues(
    withoutEchoes(parsed.error.issues).flatMap((issue) => explainer.explain(issue)),
    source.error,
  );
  throw new Error("A schema refused its input without saying why");
}

/** If a key is mistyped, the mapping usually lacks just that key: this is not reported as well. */
function withoutEchoes(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const mistyped = new Set(
    issues.filter(({ code }) => code === "unrecognized_keys").map(({ path }) => path.join(".")),
  );
  return issues.filter(({ code, path }) => code !== "custom" || !mistyped.has(path.join(".")));
}

function toValue(document: Document, { file, error: name }: YamlSource): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // The parser's error for an alias that has no target or expands without end.
    if (!(error instanceof ReferenceError)) throw error;
    throwIssues([{ file, line: 1, column: 1, path: "", message: error.message }], name);
    throw error;
  }
}

function syntaxIssues(
  document: Document,
  text: string,
  { source: { file, aliases }, lines }: { source: YamlSource; lines: LineCounter },
): InputIssue[] {
  const issueAt = (offset: number, message: string): InputIssue => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: "", message };
  };
  const issues = [...document.errors, ...document.warnings].map((error) =>
    issueAt(error.pos[0], syntaxMessage(error, text)),
  );
  if (aliases === "resolve") return issues;
  visit(document, (_, node) => {
    if (isAlias(node))
      issues.push(issueAt(node.range?.[0] ?? 0, "aliases (*name) are not supported; write the value out"));
  });
  return issues;
}

function syntaxMessage(error: Pick<YAMLParseError, "code" | "message" | "pos">, text: string): string {
  if (error.code === "DUPLICATE_KEY") {
    const key = /^("[^"]*"|'[^']*'|[^:]*)/.exec(text.slice(error.pos[0]))?.[0] ?? "";
    return `the key ${key.trim()} occurs twice in this mapping`;
  }
  if (error.code === "MULTIPLE_DOCS") return "a second document starts here (---); expected one";
  return `this is not valid YAML: ${error.message}`;
}
