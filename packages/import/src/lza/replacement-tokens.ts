import type { Path } from "../source-file.ts";

/** By the text between the braces: `Name`, or `account Name` for an account's id. Lists are joined with commas. */
export type TokenValues = ReadonlyMap<string, string>;

/**
 * `{{ Name }}` is a placeholder for a value in a landing zone's configuration files. YAML would read an unquoted one as a
 * mapping, so the braces are replaced by private-use characters while a file is parsed; columns do not change.
 */
const TOKEN = /\{\{([^{}\n]*)\}\}/g;
const HIDDEN = /\uE000\uE000([^\uE001]*)\uE001\uE001/g;

/** Puts in the values that are known and hides the braces of the rest. */
export function replaceTokens(text: string, values: TokenValues): string {
  return text.replaceAll(
    TOKEN,
    (_token, inner: string) => values.get(nameOf(inner)) ?? `\uE000\uE000${inner}\uE001\uE001`,
  );
}

/** Restores the braces of unknown tokens in every text; reports the name and position of each. */
export function restoreTokens(
  value: unknown,
  report: (name: string, path: Path) => void,
  path: Path = [],
): unknown {
  if (typeof value === "string") {
    return value.replaceAll(HIDDEN, (_hidden, inner: string) => {
      report(nameOf(inner), path);
      return `{{${inner}}}`;
    });
  }
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => restoreTokens(entry, report, [...path, index]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      restoreTokens(key, report, path),
      restoreTokens(entry, report, [...path, key]),
    ]),
  );
}

function nameOf(inner: string): string {
  return inner.trim().replaceAll(/\s+/g, " ");
}
