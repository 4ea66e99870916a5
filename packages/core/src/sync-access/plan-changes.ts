import { readLedger } from "../apply/ledger.ts";
import { FlowError } from "../errors.ts";
import type { DirectorySnapshot } from "../model/directory.ts";
import type { InstanceSnapshot, ScopedSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { Plan } from "../plan/plan.ts";
import { planAccess } from "../plan/plan-access.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Ports } from "../ports/ports.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Settings } from "../settings.ts";
import { keepSnapshot, readSnapshot } from "./snapshot.ts";

/** Where the reads of one run are kept. */
export interface WorldKeys {
  readonly directoryKey: string;
  readonly organizationKey: string;
  readonly instanceKey: string;
}

/** A plan as it travels through the state machine. */
export interface PlanSummary {
  readonly planKey: string;
  /** Of what it would do: an approval is bound to it. */
  readonly planHash: string;
  readonly counts: Plan["counts"];
}

/**
 * Makes the plan from the reads of this run and keeps it.
 * @throws {FlowError} PolicyInvalid; PlanStale when it is not the one that was asked for
 */
export async function planChanges(
  policy: AccessPolicy,
  { planHash: wanted, ...world }: WorldKeys & { readonly planHash: string | null },
  {
    settings,
    ...ports
  }: Pick<Ports, "objects" | "records" | "newId" | "clock" | "events"> & { settings: Settings },
): Promise<PlanSummary> {
  const [directory, organization, instance, ledger] = await Promise.all([
    readSnapshot<DirectorySnapshot>(world.directoryKey, ports),
    readSnapshot<Organization>(world.organizationKey, ports),
    readSnapshot<InstanceSnapshot | ScopedSnapshot>(world.instanceKey, ports),
    readLedger(ports),
  ]);
  const now = new Date(ports.clock.now()).toISOString();
  const bound = bindPolicy(policy, { organization, directory, now }, settings);
  const plan = planAccess({ bound, policy, organization, instance, ledger, settings, now });
  const hash = planHash(plan);
  if (wanted !== null && wanted !== hash) {
    const { creates, deletes } = plan.counts;
    throw new FlowError(
      "PlanStale",
      `Another plan was asked for than the one that fits now (${creates} to create, ${deletes} to delete). Nothing was changed`,
    );
  }
  const planKey = await keepSnapshot("plan", plan, ports);
  for (const message of plan.warnings) ports.events.emit("warning.raised", { message });
  const { creates, deletes, unchanged } = plan.counts;
  ports.events.emit("plan.made", { planKey, creates, deletes, unchanged });
  return { planKey, planHash: hash, counts: plan.counts };
}
