import type { ApplyOutcome } from "../apply/outcome.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { recordLastSync } from "./last-sync.ts";
import type { PlanSummary } from "./plan-changes.ts";
import { sumUp } from "./plan-progress.ts";
import { readSnapshot } from "./snapshot.ts";

export interface SyncReport {
  /** `partial`: some changes failed; the report names each. */
  readonly result: "planned" | "complete" | "partial" | "paused";
  readonly assignments: {
    readonly desired: number;
    readonly created: number;
    readonly deleted: number;
    readonly failed: number;
  };
  readonly reportKey: string;
}

interface InForce {
  readonly wanted: number;
  readonly unwanted: number;
}

export interface ReportInput {
  /** Name of the execution: also that of the report. */
  readonly execution: string;
  readonly plan: PlanSummary;
  /** Key of the outcome, or null when the run only planned. */
  readonly outcomeKey: string | null;
  /** Keys of the plans of this run whose application began, in their order: it plans anew when it is overtaken. */
  readonly begunPlans: readonly string[];
  /** Who or what asked for the run; null when the execution does not say. */
  readonly requestedBy: string | null;
  /** How the run ended when it was not carried out; null: the outcome says it. */
  readonly result: "paused" | null;
}

/** Keeps what was planned and what became of it, over all plans of the run, and sums it up. */
export async function publishReport(
  { execution, plan, outcomeKey, begunPlans, requestedBy, result: ended }: ReportInput,
  ports: Pick<Ports, "objects" | "records" | "clock" | "events">,
): Promise<SyncReport> {
  const outcome = outcomeKey === null ? null : await readSnapshot<ApplyOutcome>(outcomeKey, ports);
  const { failed, ...done } = await sumUp(begunPlans, ports);
  const reportKey = `sync-access/reports/${execution}.json`;
  const assignments = { desired: plan.counts.desired, ...done, failed: failed.length };
  const result = ended ?? (outcome === null ? "planned" : failed.length > 0 ? "partial" : "complete");
  const at = new Date(ports.clock.now()).toISOString();
  const { scope } = await readSnapshot<Plan>(plan.planKey, ports);
  const first = await readSnapshot<Plan>(begunPlans[0] ?? plan.planKey, ports);
  await ports.objects.putText(
    reportKey,
    JSON.stringify({
      execution,
      at,
      requestedBy,
      scope,
      result,
      plan,
      assignments,
      ...compare(first, plan, outcome),
      failed,
    }),
  );
  const { created, deleted } = assignments;
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
  return { result, assignments, reportKey };
}

/** How many wanted assignments were there, and how many that had to go; the same afterwards. */
function compare(
  first: Pick<Plan, "counts">,
  last: Pick<Plan, "counts">,
  outcome: ApplyOutcome | null,
): { before: InForce; after: InForce } {
  const { created = 0, deleted = 0 } = outcome ?? {};
  return {
    before: { wanted: first.counts.unchanged, unwanted: first.counts.deletes },
    after: { wanted: last.counts.unchanged + created, unwanted: last.counts.deletes - deleted },
  };
}
