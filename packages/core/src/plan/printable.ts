/** Anybody may name a group: no escape sequence, direction mark or made-up line may reach the eyes of who approves. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
}
