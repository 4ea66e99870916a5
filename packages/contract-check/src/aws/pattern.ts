/**
 * The pattern of a C2J model as an expression for the whole text. The patterns are written for Java: they escape
 * characters that JavaScript's `u` flag forbids to escape, and without that flag `\p{L}` would silently mean the letter p.
 * @throws {SyntaxError} when the pattern means nothing to JavaScript, naming it
 */
export function compilePattern(pattern: string): RegExp {
  return new RegExp(`^(?:${withoutNeedlessEscapes(pattern)})$`, "u");
}

function withoutNeedlessEscapes(pattern: string): string {
  let result = "";
  let inClass = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    if (character === "\\") {
      index += 1;
      const escaped = pattern.charAt(index);
      const needed = /[A-Za-z0-9^$\\.*+?()[\]{}|/]/.test(escaped) || (escaped === "-" && inClass);
      result += needed ? `\\${escaped}` : escaped;
      continue;
    }
    if (character === "[") inClass = true;
    if (character === "]") inClass = false;
    result += character;
  }
  return result;
}
