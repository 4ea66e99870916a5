import { FlowError } from "../errors.ts";
import { readLedger } from "../ledger/ledger-entry.ts";
import { ownAssignments } from "../ledger/own-assignments.ts";
import { reconcileLedger } from "../ledger/reconcile-ledger.ts";
import type { DirectorySnapshot } from "../model/directory.ts";
import type { InstanceSnapshot, RequestedScope, ScopedSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { Plan } from "../plan/plan.ts";
import { planAccess } from "../plan/plan-access.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Ports } from "../ports/ports.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Settings } from "../settings.ts";
import { bringLedgerInStep, type Writer } from "./bring-ledger-in-step.ts";
import { refuseUnknownAccounts } from "./known-scope.ts";
import { keepSnapshot, readSnapshot } from "./snapshot.ts";

/** Where the reads of one run are stored. */
export interface WorldKeys {
  readonly directoryKey: string;
  readonly organizationKey: string;
  readonly instanceKey: string;
  /** ISO time before the first of them. */
  readonly readAt: string;
}

interface PlanChangesInput extends WorldKeys {
  readonly scope: RequestedScope | { readonly scope: "full" };
  /** Hash of the requested plan; null: any plan. */
  readonly planHash: string | null;
  /** Null for a run that only looks. */
  readonly writer: Writer | null;
}

type Needs = Pick<Ports, "objects" | "records" | "newId" | "clock" | "events">;

/** A plan as it travels through the state machine. */
export interface PlanSummary {
  readonly planKey: string;
  /** Hash of the planned changes: an approval is bound to it. */
  readonly planHash: string;
  readonly counts: Plan["counts"];
}

/**
 * Makes the plan from the reads of this run and stores it. A run that may write reconciles the ledger with them first.
 * @throws {FlowError} PolicyInvalid; PlanStale when it is not the one that was asked for; RunOvertaken; ScopeUnknown naming
 * the accounts that nobody knows, where the scope does not ignore them
 */
export async function planChanges(
  policy: AccessPolicy,
  { planHash: wanted, scope, writer, ...world }: PlanChangesInput,
  { settings, ...ports }: Needs & { settings: Settings },
): Promise<PlanSummary> {
  const [directory, organization, instance, records] = await Promise.all([
    readSnapshot<DirectorySnapshot>(world.directoryKey, ports),
    readSnapshot<Organization>(world.organizationKey, ports),
    readSnapshot<InstanceSnapshot | ScopedSnapshot>(world.instanceKey, ports),
    readLedger(ports),
  ]);
  if (scope.scope === "accounts" && scope.unknownIds === "refuse")
    refuseUnknownAccounts(scope.ids, organization, records);
  if (writer !== null) {
    await bringLedgerInStep(
      reconcileLedger(records, { snapshot: instance, beganAt: world.readAt }),
      writer,
      ports,
    );
  }
  const now = new Date(ports.clock.now()).toISOString();
  const ledger = ownAssignments(records, instance);
  const bound = bindPolicy(policy, { organization, directory, now }, settings);
  const plan = planAccess({ bound, policy, organization, instance, ledger, settings, now });
  const hash = planHash(plan);
  if (wanted !== null && wanted !== hash) {
    const { creates, deletes } = plan.counts;
    throw new FlowError(
      "PlanStale",
      `The plan asked for is out of date; the current plan is different (${creates} to create, ${deletes} to delete). Nothing was changed`,
    );
  }
  const planKey = await keepSnapshot("plan", plan, ports);
  for (const message of plan.warnings) ports.events.emit("warning.raised", { message });
  const { creates, deletes, unchanged } = plan.counts;
  ports.events.emit("plan.made", { planKey, creates, deletes, unchanged });
  return { planKey, planHash: hash, counts: plan.counts };
}
