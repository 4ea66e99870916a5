import { FlowError } from "../errors.ts";
import { countOwn } from "../ledger/ledger-entry.ts";
import { checkGuardrails } from "../plan/check-guardrails.ts";
import { planHash } from "../plan/plan-hash.ts";
import { forbiddenChanges } from "../plan/protection.ts";
import type { Plan } from "../plan/plan.ts";
import type { PolicyRef } from "../policy-versions/policy-ref.ts";
import type { Prove } from "../ports/identity-center.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { isRunning } from "../flows/is-running.ts";
import { beginSlice, checkSlice, type RunIdentity } from "./fence.ts";
import { describePause, readPause, refuseWhenPaused } from "./pause.ts";
import { readSnapshot } from "./snapshot.ts";

/** What the state machine passes from the check of a plan to every write. */
export interface JudgedRun {
  readonly planKey: string;
  readonly planHash: string;
  /** Hash of the plan that somebody has approved; empty: none. */
  readonly approvedHash: string;
  /** The policy in force that the plan is for. */
  readonly policy: PolicyRef;
  readonly fence: number;
  readonly run: RunIdentity;
}

/** The right to write, which must be proved again before every batch of writes. */
export interface WriteProof {
  readonly plan: Plan;
  /**
   * @throws {FlowError} RunStopped when the execution has ended; SyncPaused; RunOvertaken when another run has begun or
   *   another policy is in force
   */
  readonly check: Prove;
}

/** How long a plan may be applied; then everything must be read again. */
export const PLAN_LIFE_MILLISECONDS = 6 * 3_600_000;

type Needs = Pick<Ports, "objects" | "records" | "clock" | "newId"> & {
  readonly executions: Pick<Ports["executions"], "status">;
  readonly identityCenter: Pick<Ports["identityCenter"], "readInstance">;
  readonly settings: Settings;
};

/**
 * Opens the plan that was judged, for one slice of writes.
 * @throws {FlowError} as {@link WriteProof.check}; StoredObjectChanged when the plan is not the one that was judged;
 *   RunOvertaken when it is too old, or the current limits or protection do not allow it
 */
export async function openWriteProof(judged: JudgedRun, ports: Needs): Promise<WriteProof> {
  const plan = await readSnapshot<Plan>(judged.planKey, ports);
  if (planHash(plan) !== judged.planHash) {
    throw new FlowError(
      "StoredObjectChanged",
      `${judged.planKey} is not the plan that the guardrails checked`,
    );
  }
  const slice = ports.newId();
  await beginSlice(judged, slice, ports);
  const check = () => checkNow(judged, slice, ports);
  await check();
  await refuseWhenPaused(plan, ports);
  if (ports.clock.now() - Date.parse(plan.madeAt) > PLAN_LIFE_MILLISECONDS) {
    throw new FlowError(
      "RunOvertaken",
      `The plan was made at ${plan.madeAt} and is too old: everything must be read again`,
    );
  }
  await refuseForbidden(plan, ports);
  await refuseAboveLimits(plan, judged, ports);
  return { plan, check };
}

/**
 * Proves that a run may write what is not access: it has the fence, and its execution is running.
 * @throws {FlowError} RunOvertaken, RunStopped
 */
export async function proveTurn(
  { fence, run }: Pick<JudgedRun, "fence" | "run">,
  { records, executions, newId }: Pick<Needs, "records" | "executions" | "newId">,
): Promise<void> {
  await beginSlice({ fence, run }, newId(), { records });
  if (!(await isRunning(run.executionArn, executions)))
    throw new FlowError("RunStopped", `${run.executionArn} has ended`);
}

export function policyReplaced(): FlowError<"RunOvertaken"> {
  return new FlowError("RunOvertaken", "Another policy came into force after the plan was made");
}

async function checkNow(judged: JudgedRun, slice: string, ports: Needs): Promise<void> {
  const { policy, run } = judged;
  const [isStillRunning, pause, version] = await Promise.all([
    isRunning(run.executionArn, ports.executions),
    readPause(ports),
    ports.objects.currentVersion(policy.key),
    checkSlice(judged, slice, ports),
  ]);
  if (!isStillRunning) throw new FlowError("RunStopped", `${run.executionArn} has ended`);
  if (pause) throw new FlowError("SyncPaused", describePause(pause));
  if (version !== policy.versionId) throw policyReplaced();
}

/**
 * Break-glass access and the management account, whatever was judged and approved. The plan is the one that was judged, its
 * hash says so: then a new deployment protects more than the one that made it, and a plan of the new one leaves it alone. So
 * the run is overtaken, rather than its objects changed.
 */
async function refuseForbidden(plan: Plan, { identityCenter, settings }: Needs): Promise<void> {
  const { assignments, permissionSets, provisioning } = plan;
  if (assignments.length + permissionSets.length + provisioning.length === 0) return;
  // The organization instance is owned by the management account (DescribeInstance, OwnerAccountId).
  const { ownerAccountId } = await identityCenter.readInstance();
  const forbidden = forbiddenChanges(plan, ownerAccountId, settings);
  if (forbidden.length === 0) return;
  throw new FlowError("RunOvertaken", `The current settings forbid: ${forbidden.slice(0, 5).join(", ")}`);
}

/** Limits may have been tightened, by a new deployment, since the plan was judged. */
async function refuseAboveLimits(
  plan: Plan,
  { approvedHash, planHash: hash }: JudgedRun,
  ports: Needs,
): Promise<void> {
  if (approvedHash === hash) return;
  const own = await countOwn(ports);
  // The plan's finished deletions are no longer in the ledger, and its percentage was checked with them.
  const facts = {
    ledgered: own + plan.counts.deletes,
    recentDeletions: 0,
    earlierChanges: [],
    pausedBecause: null,
  };
  const { verdict, reasons } = checkGuardrails(plan, ports.settings, facts);
  if (verdict !== "go")
    throw new FlowError("RunOvertaken", `The current limits do not allow the plan: ${reasons.join("; ")}`);
}
