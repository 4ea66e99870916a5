/** Lambda's cause is JSON with the message in it; anything else is shown as it is. */
export function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === "object" && parsed !== null && "errorMessage" in parsed)
      return String(parsed.errorMessage);
  } catch {
    // No JSON: said by Step Functions itself.
  }
  return cause.slice(0, 500);
}
