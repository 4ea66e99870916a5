/** Anybody may name a group: no escape sequence, direction mark or fake line may reach the approver. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
}

/** The same of a text of several lines, which stay. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** The same of every text in a value that JSON can hold. */
export function printableData<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" ? printable(part) : part,
  ) as T;
}
