import { invalidPattern } from "./invalid-pattern.ts";

/** `*` matches any text, `\*` an asterisk, `\\` a backslash. @throws {ApiError} InvalidEventPatternException */
export function wildcardTest(pattern: string, place: string): (text: string) => boolean {
  const [first = "", ...others] = splitAtWildcards(pattern, place);
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let end = first.length;
    for (const part of others) {
      const start = text.indexOf(part, end);
      if (start < 0) return false;
      end = start + part.length;
    }
    return text.endsWith(last) && text.length - last.length >= end;
  };
}

function splitAtWildcards(pattern: string, place: string): string[] {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(pattern)) {
    throw invalidPattern("consecutive wildcard characters are not allowed", place);
  }
  const parts = [""];
  for (const [token, escaped] of pattern.matchAll(/\\([^]?)|[^]/gu)) {
    if (token === "*") parts.push("");
    else if (escaped === undefined || escaped === "*" || escaped === "\\") {
      parts.push((parts.pop() ?? "") + (escaped ?? token));
    } else throw invalidPattern("a backslash escapes only an asterisk or a backslash", place);
  }
  return parts;
}
