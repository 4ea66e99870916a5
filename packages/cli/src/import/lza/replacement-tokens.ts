/**
 * `{{ Name }}` stands for a value in every file of a landing zone. YAML would read an unquoted one as a mapping, so
 * the braces travel as characters of the private use area while a file is parsed; the columns stay as they are.
 */
const TOKEN = /\{\{(\s*)([\w-]+)(\s*)\}\}/g;
const OPEN = "\uE000\uE000";
const CLOSE = "\uE001\uE001";

/** Puts in the values that are known and hides the braces of the rest. */
export function replaceTokens(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    TOKEN,
    (_token, before: string, name: string, after: string) =>
      values.get(name) ?? `${OPEN}${before}${name}${after}${CLOSE}`,
  );
}

/** The same value with the braces of unknown tokens back in every text; reports the name of each. */
export function restoreTokens(value: unknown, report: (name: string) => void): unknown {
  if (typeof value === "string") {
    return value.replaceAll(
      /\uE000\uE000(\s*([\w-]+)\s*)\uE001\uE001/g,
      (_hidden, inner: string, name: string) => {
        report(name);
        return `{{${inner}}}`;
      },
    );
  }
  if (Array.isArray(value)) return value.map((entry: unknown) => restoreTokens(entry, report));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [restoreTokens(key, report), restoreTokens(entry, report)]),
  );
}
