import { HELD } from "../exit.ts";
import type { FlowEnd } from "../flows/run-flow.ts";

/** What happened to the policy that a run of sync-access was started for, in a sentence or two. */
export function tellPolicy({ exitCode, report }: FlowEnd): string {
  if (report === null) {
    if (exitCode === HELD) return "Policy: held; it takes effect when somebody approves its plan.";
    return "Policy: proposed; it takes effect when the flow may carry out its plan.";
  }
  const { result } = (report.output ?? {}) as { readonly result?: string };
  if (report.states.some(({ name, status }) => name === "PromotePolicy" && status === "SUCCEEDED"))
    return `Policy: in force.${NOT_CARRIED_OUT[result ?? ""] ?? ""}`;
  if (report.error === "OperatorDeclined")
    return "Policy: declined and discarded; the one in force has not changed.";
  if (report.status !== "SUCCEEDED") return "Policy: not in force; the one in force has not changed.";
  if (result === "held" || result === "superseded")
    return "Policy: held; it takes effect when somebody approves its plan.";
  return "Policy: in force.";
}

const NOT_CARRIED_OUT: Readonly<Record<string, string>> = {
  paused: " All runs are paused: no access was changed.",
  "not-connected": " No access was changed: run connect first.",
};
