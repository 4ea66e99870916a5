import type { ApplyOutcome } from "../apply/outcome.ts";
import { type PlanDecision, readDecision } from "../holds/decision.ts";
import type { HoldNotice } from "../holds/hold-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { recordLastSync } from "./last-sync.ts";
import type { PlanSummary } from "./plan-changes.ts";
import { readSnapshot } from "./snapshot.ts";

export interface SyncReport {
  /**
   * `partial`: some changes failed; the report names each. `held`: the plan waits for an approval that another run asks for,
   * or was declined. `superseded`: another run has made a newer plan while this one waited for its approval.
   */
  readonly result: "planned" | "complete" | "partial" | "paused" | "held" | "superseded";
  readonly assignments: {
    readonly desired: number;
    readonly created: number;
    readonly deleted: number;
    readonly failed: number;
  };
  readonly reportKey: string;
  /** Why it is held or superseded, and where the approval is asked for; null otherwise. */
  readonly hold: HoldNotice | null;
}

interface InForce {
  readonly wanted: number;
  readonly unwanted: number;
}

export interface ReportInput {
  /** Name of the execution: also that of the report. */
  readonly execution: string;
  readonly executionArn: string;
  readonly plan: PlanSummary;
  /** Hash of the plan that somebody has approved; empty: none. */
  readonly approvedHash: string;
  /** Key of the outcome, or null when the plan was not carried out. */
  readonly outcomeKey: string | null;
  /** Key of the outcome of what was added while the rest of the plan was held; null: nothing. */
  readonly additionsKey: string | null;
  /** Who or what asked for the run; null when the execution does not say. */
  readonly requestedBy: string | null;
  /** How the run ended when it was not carried out; null: the outcome says it. */
  readonly result: "paused" | "held" | "superseded" | null;
  readonly hold: HoldNotice | null;
}

/** Keeps what was planned, who approved it and what became of it, and sums it up. */
export async function publishReport(
  input: ReportInput,
  ports: Pick<Ports, "objects" | "records" | "clock" | "events">,
): Promise<SyncReport> {
  const { execution, plan, requestedBy, hold } = input;
  const [outcome, additions, decision, { scope }] = await Promise.all([
    outcomeAt(input.outcomeKey, ports),
    outcomeAt(input.additionsKey, ports),
    decisionOf(input, ports),
    readSnapshot<Plan>(plan.planKey, ports),
  ]);
  const reportKey = `sync-access/reports/${execution}.json`;
  const failed = (outcome ?? additions)?.failed ?? [];
  const created = (outcome?.created ?? 0) + (additions?.created ?? 0);
  const deleted = outcome?.deleted ?? 0;
  const assignments = { desired: plan.counts.desired, created, deleted, failed: failed.length };
  const result = input.result ?? (outcome === null ? "planned" : failed.length > 0 ? "partial" : "complete");
  const at = new Date(ports.clock.now()).toISOString();
  const inForce = compare(plan, outcome, additions?.created ?? 0);
  const summary = { execution, at, requestedBy, scope, result, hold, decision, plan, assignments };
  await ports.objects.putText(reportKey, JSON.stringify({ ...summary, ...inForce, failed }));
  ports.events.emit("sync.reported", {
    execution,
    reportKey,
    requestedBy,
    result,
    planHash: plan.planHash,
    created,
    deleted,
    failed: failed.length,
  });
  // A run of some groups or accounts says nothing of the others.
  if (outcome !== null && scope.scope === "full")
    await recordLastSync({ at, reportKey, failed: failed.length }, ports);
  for (const { change, reason } of failed.slice(0, 10)) {
    const { action, permissionSet, principal, accountName } = change;
    ports.events.emit("warning.raised", {
      message: `could not ${action} ${permissionSet} for ${principal.name} in ${accountName}: ${reason}`,
    });
  }
  return { result, assignments, reportKey, hold };
}

async function outcomeAt(key: string | null, ports: Pick<Ports, "objects">): Promise<ApplyOutcome | null> {
  return key === null ? null : readSnapshot<ApplyOutcome>(key, ports);
}

/** What somebody decided about the plan of this run, if the run has gone on with it. */
async function decisionOf(
  { executionArn, plan: { planHash }, approvedHash }: ReportInput,
  ports: Pick<Ports, "records">,
): Promise<PlanDecision | null> {
  if (approvedHash !== planHash) return null;
  const decision = await readDecision(planHash, ports);
  return decision?.executionArn === executionArn ? decision : null;
}

/** How many wanted assignments were there, and how many that had to go; the same afterwards. */
function compare(
  { counts: { unchanged, deletes } }: PlanSummary,
  outcome: Pick<ApplyOutcome, "created" | "deleted"> | null,
  added: number,
): { before: InForce; after: InForce } {
  return {
    before: { wanted: unchanged - added, unwanted: deletes },
    after: { wanted: unchanged + (outcome?.created ?? 0), unwanted: deletes - (outcome?.deleted ?? 0) },
  };
}
