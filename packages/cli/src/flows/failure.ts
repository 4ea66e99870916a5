import { type ErrorName, ERRORS, printable, printableLines } from "@landbridge/core";
import type { FlowReport } from "@landbridge/host/follow-execution";

export interface FlowFailure {
  readonly flow: string;
  readonly state: string | null;
  readonly error: string;
  readonly message: string;
}

/** The innermost failed flow has the reason; the outer one only reports that it failed. */
export function findFailure(reports: readonly FlowReport[]): FlowFailure | null {
  const failed = reports.findLast(({ status }) => status !== "SUCCEEDED");
  if (!failed) return null;
  return {
    flow: failed.name,
    state: failed.states.find(({ status }) => status !== "SUCCEEDED")?.name ?? null,
    error: failed.error ?? failed.status,
    message: messageOf(failed.cause ?? ""),
  };
}

/** Lambda's cause is JSON with an `errorMessage`; an operator's refusal is plain text. */
function messageOf(cause: string): string {
  if (!cause.startsWith("{")) return cause;
  const { errorMessage } = JSON.parse(cause) as { errorMessage?: string };
  return errorMessage ?? cause;
}

/** What failed, where, and what to do. */
export function renderFailure({ flow, state, error, message }: FlowFailure): string {
  const where = state === null ? flow : `${flow}, state ${state}`;
  const known = Object.hasOwn(ERRORS, error) ? ERRORS[error as ErrorName] : ERRORS.Unexpected;
  return `\n${printable(error)} in ${where}\n  ${printableLines(message)}\n  What to do: ${known.remedy}\n`;
}
