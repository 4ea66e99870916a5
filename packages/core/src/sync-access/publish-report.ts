import type { ApplyOutcome } from "../apply/outcome.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { recordLastSync } from "./last-sync.ts";
import type { PlanSummary } from "./plan-changes.ts";
import { readSnapshot } from "./snapshot.ts";

export interface SyncReport {
  /**
   * `partial`: some changes failed; the report names each. `paused`, `not-connected`: the policy came into force, and
   * nothing was carried out.
   */
  readonly result: "planned" | "complete" | "partial" | "paused" | "not-connected";
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
  /** Who or what asked for the run; null when the execution does not say. */
  readonly requestedBy: string | null;
  /** How the run ended when it was not carried out; null: the outcome says it. */
  readonly result: "paused" | "not-connected" | null;
}

/** Keeps what was planned and what became of it, and sums it up. */
export async function publishReport(
  { execution, plan, outcomeKey, requestedBy, result: ended }: ReportInput,
  ports: Pick<Ports, "objects" | "records" | "clock" | "events">,
): Promise<SyncReport> {
  const outcome = outcomeKey === null ? null : await readSnapshot<ApplyOutcome>(outcomeKey, ports);
  const reportKey = `sync-access/reports/${execution}.json`;
  const failed = outcome?.failed ?? [];
  const assignments = {
    desired: plan.counts.desired,
    created: outcome?.created ?? 0,
    deleted: outcome?.deleted ?? 0,
    failed: failed.length,
  };
  const result = ended ?? (outcome === null ? "planned" : failed.length > 0 ? "partial" : "complete");
  const at = new Date(ports.clock.now()).toISOString();
  const { scope } = await readSnapshot<Plan>(plan.planKey, ports);
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
      ...compare(plan, assignments),
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
  { counts: { unchanged, deletes } }: PlanSummary,
  { created, deleted }: SyncReport["assignments"],
): { before: InForce; after: InForce } {
  return {
    before: { wanted: unchanged, unwanted: deletes },
    after: { wanted: unchanged + created, unwanted: deletes - deleted },
  };
}
