import type { ApplyOutcome } from "../apply/outcome.ts";
import type { ProvisioningOutcome } from "../apply/provisioning.ts";
import { readDecision } from "../holds/decision.ts";
import type { PlanDecision } from "../model/plan-decision.ts";
import type { HoldNotice } from "../holds/hold-plan.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { recordLastSync } from "./last-sync.ts";
import type { PlanSummary } from "./plan-changes.ts";
import { sumUp } from "./plan-progress.ts";
import { readSnapshot } from "./snapshot.ts";

export interface SyncReport {
  /**
   * `partial`: some changes failed; the report names each. `paused`, `not-connected`: the policy came into force, and
   * nothing was carried out. `held`: the plan waits for an approval that another run asks for, or was declined.
   * `superseded`: another run has made a newer plan while this one waited for its approval.
   */
  readonly result: "planned" | "complete" | "partial" | "paused" | "not-connected" | "held" | "superseded";
  readonly assignments: {
    readonly desired: number;
    readonly created: number;
    readonly deleted: number;
    readonly failed: number;
  };
  /** Roles of permission sets that its last plan has updated, and that it could not update. */
  readonly roles: { readonly provisioned: number; readonly failed: number };
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
  /** The same of the roles of permission sets. */
  readonly provisioningKey: string | null;
  /** The first plan of the run: the state before it. The run plans again if it is overtaken, and after an approval. */
  readonly firstPlan: PlanSummary;
  /** Keys of the plans that this run has begun to apply, in their order. */
  readonly begunPlans: readonly string[];
  /** Who or what asked for the run; null if the execution does not say. */
  readonly requestedBy: string | null;
  /** How the run ended if it was not carried out; null: see the outcome. */
  readonly result: "paused" | "not-connected" | "held" | "superseded" | null;
  readonly hold: HoldNotice | null;
}

/** Stores what was planned, who approved it and its outcome, over all plans of the run, and sums it up. */
export async function publishReport(
  input: ReportInput,
  ports: Pick<Ports, "objects" | "records" | "clock" | "events">,
): Promise<SyncReport> {
  const { execution, plan, requestedBy, hold } = input;
  const [outcome, { failed, ...done }, roles, decision, { scope }] = await Promise.all([
    outcomeAt<ApplyOutcome>(input.outcomeKey, ports),
    sumUp(input.begunPlans, ports),
    outcomeAt<ProvisioningOutcome>(input.provisioningKey, ports),
    decisionOf(input, ports),
    readSnapshot<Plan>(plan.planKey, ports),
  ]);
  const reportKey = `sync-access/reports/${execution}.json`;
  const assignments = { desired: plan.counts.desired, ...done, failed: failed.length };
  const { provisioned = 0, failed: failedRoles = [] } = roles ?? {};
  const failures = failed.length + failedRoles.length;
  const result = input.result ?? (outcome === null ? "planned" : failures > 0 ? "partial" : "complete");
  const at = new Date(ports.clock.now()).toISOString();
  const inForce = compare(input.firstPlan, plan, outcome);
  const summary = { execution, at, requestedBy, scope, result, hold, decision, plan, assignments };
  await ports.objects.putText(
    reportKey,
    JSON.stringify({ ...summary, ...inForce, failed, roles: { provisioned, failed: failedRoles } }),
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
    failed: failures,
  });
  // A run of some groups or accounts says nothing of the others.
  if (outcome !== null && scope.scope === "full")
    await recordLastSync({ at, reportKey, failed: failures }, ports);
  for (const { change, reason } of failed.slice(0, 10)) {
    const { action, permissionSet, principal, accountName } = change;
    ports.events.emit("warning.raised", {
      message: `could not ${action} ${permissionSet} for ${principal.name} in ${accountName}: ${reason}`,
    });
  }
  for (const { permissionSet, accountName, reason } of failedRoles.slice(0, 10)) {
    ports.events.emit("warning.raised", {
      message: `could not bring the role of ${permissionSet} in ${accountName} up to date: ${reason}`,
    });
  }
  return { result, assignments, roles: { provisioned, failed: failedRoles.length }, reportKey, hold };
}

async function outcomeAt<T>(key: string | null, ports: Pick<Ports, "objects">): Promise<T | null> {
  return key === null ? null : readSnapshot<T>(key, ports);
}

/** The decision about this run's plan, if the run has continued with it. */
async function decisionOf(
  { executionArn, plan: { planHash }, approvedHash }: ReportInput,
  ports: Pick<Ports, "records">,
): Promise<PlanDecision | null> {
  if (approvedHash !== planHash) return null;
  const decision = await readDecision(planHash, ports);
  return decision?.executionArn === executionArn ? decision : null;
}

/** How many wanted assignments existed before, and how many unwanted ones; the same afterwards. */
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
