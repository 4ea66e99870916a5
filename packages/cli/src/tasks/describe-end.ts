import type { OperatorTask } from "@landbridge/core";

/** `declined by ada@example.com, 2026-03-02 10:00 UTC: not today`; only the status if nobody decided. */
export function describeEnd({ status, answeredBy, answeredAt = "", reason }: OperatorTask): string {
  if (answeredBy === undefined) return status;
  const when = `${answeredAt.slice(0, 16).replace("T", " ")} UTC`;
  return `${status} by ${answeredBy}, ${when}${reason === undefined ? "" : `: ${reason}`}`;
}
