import { type ErrorName, FlowError } from "../errors.ts";
import { compareText } from "../text/canonical-json.ts";
import type { SourcePosition } from "../model/source-position.ts";

/** One problem in a file that a person wrote. */
export interface InputIssue extends SourcePosition {
  /** `rules[2].groups[0]`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** `access.yaml:12:5 rules[2].groups[0]: expected text` */
export function formatIssue({ file, line, column, path, message }: InputIssue): string {
  return `${file}:${line}:${column}${path && ` ${path}`}: ${message}`;
}

/** `rules[2].groups[0]` from `["rules", 2, "groups", 0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

/**
 * Throws all findings in one error, one per line, in the order of the files; returns if there are none.
 * @throws {FlowError} of the given name
 */
export function throwIssues(issues: readonly InputIssue[], error: ErrorName): void {
  if (issues.length === 0) return;
  const sorted = issues.toSorted(
    (a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
  throw new FlowError(error, sorted.map(formatIssue).join("\n"));
}
