import type { HeldRun } from "./held-run.ts";
import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StoredRecord } from "../ports/record-store.ts";
import { findOrigin, type RunOrigin } from "../provenance/find-origin.ts";
import { type Provenance, provenanceOf } from "../provenance/provenance.ts";
import { startRun } from "../provenance/run-start.ts";
import type { Settings } from "../settings.ts";
import { isRunning } from "../flows/is-running.ts";

import type { PlanSummary } from "../sync-access/plan-changes.ts";
import { readDecision } from "./decision.ts";
import { planAdditions } from "./hold-additions.ts";
import { type Hold, lineageOf, readHold, writeHold } from "./hold.ts";
import { refreshTask } from "./refresh-task.ts";
import { supersedeHold } from "./supersede-hold.ts";

/** Why a run ended without carrying its plan out, and where the approval is asked for. */
export interface HoldNotice {
  readonly because: string;
  readonly executionArn: string | null;
  readonly taskId: string | null;
}

export type HoldStep =
  | { readonly next: "ask"; readonly origin: RunOrigin }
  /** Carry out this part of the plan first. */
  | { readonly next: "add"; readonly plan: PlanSummary }
  | { readonly next: "end"; readonly hold: HoldNotice };

type Needs = Pick<
  Ports,
  "objects" | "records" | "sealer" | "callbacks" | "executions" | "clock" | "events"
> & {
  readonly settings: Settings;
};

/** The flow whose runs must not wait, since its other changes would wait with them. */
const DRAIN = "drain-changes";

/**
 * Decides what a run does when its plan is held. Nobody is asked twice about one plan: not while an approval is open,
 * nor, for a run that no person started, after it was declined. Called under the fence.
 */
export async function holdPlan(run: HeldRun, ports: Needs): Promise<HoldStep> {
  const lineage = lineageOf(run);
  const hold = await readHold(lineage, ports);
  const asked = await whoAsks(run, hold, ports);
  if (asked) return { next: "end", hold: asked };
  const origin = await findOrigin(run, ports);
  const { starter } = await provenanceOf(origin, run.policy, ports);
  const declined = starter.is === "machine" ? await whoDeclined(run, ports) : null;
  if (declined) return { next: "end", hold: declined };
  const additions = await additionsOf(run, hold, ports);
  const { planHash } = run;
  const begun = {
    planHash,
    taskId: null,
    since: new Date(ports.clock.now()).toISOString(),
    additionsTriedFor: planHash,
  };
  if (additions) {
    // Another run's request stays open until there is a newer plan.
    const kept = hold
      ? { ...hold.value, additionsTriedFor: planHash }
      : { ...begun, executionArn: run.executionArn };
    await writeHold(lineage, kept, hold, ports);
    return { next: "add", plan: additions };
  }
  if (origin.waitingFlow !== DRAIN) {
    if (hold) await supersedeHold(hold.value, run, ports);
    return { next: "ask", origin };
  }
  const executionArn = await handOver(run, starter, hold?.value ?? null, ports);
  if (hold) await supersedeHold(hold.value, { executionArn }, ports);
  await writeHold(lineage, { ...begun, executionArn }, hold, ports);
  const because = "The guardrails hold the plan: a separate execution asks for its approval";
  return { next: "end", hold: { because, executionArn, taskId: null } };
}

/** Another running execution that asks, or has asked, about the same plan. */
async function whoAsks(
  { planHash, executionArn }: HeldRun,
  hold: StoredRecord<Hold> | null,
  ports: Needs,
): Promise<HoldNotice | null> {
  if (hold === null || hold.value.planHash !== planHash || hold.value.executionArn === executionArn)
    return null;
  if (!(await isRunning(hold.value.executionArn, ports.executions))) return null;
  const { taskId, since } = hold.value;
  if (taskId !== null) await refreshTask(taskId, ports);
  const because = `The guardrails hold the plan; its approval is open since ${since}`;
  return { because, executionArn: hold.value.executionArn, taskId };
}

async function whoDeclined({ planHash, policy }: HeldRun, ports: Needs): Promise<HoldNotice | null> {
  const decision = await readDecision(planHash, ports);
  if (decision?.decision !== "declined" || decision.policyHash !== policy.hash) return null;
  const { decidedBy, at, reason, taskId } = decision;
  const because = `${decidedBy} declined this plan at ${at}${reason === null ? "" : `: ${reason}`}`;
  return { because, executionArn: decision.executionArn, taskId };
}

async function additionsOf(
  run: HeldRun,
  hold: StoredRecord<Hold> | null,
  ports: Needs,
): Promise<PlanSummary | null> {
  if (!ports.settings.appliesAdditionsOfHeldPlans || run.policy.isProposal || run.isBound) return null;
  // Once per plan: additions that always fail must not prevent the request for approval.
  if (run.hasAdded || hold?.value.additionsTriedFor === run.planHash) return null;
  return planAdditions(run, ports);
}

/**
 * Starts a separate execution that asks, so that nobody waits for it. Handing over the same plan again, after a crash,
 * starts no second one.
 * @returns its ARN
 */
async function handOver(
  { scope, planHash, requestedBy, fence }: HeldRun,
  starter: Provenance["starter"],
  hold: Hold | null,
  ports: Needs,
): Promise<string> {
  const input = { ...scope, mode: "apply", ...(requestedBy !== null && { requestedBy }) };
  const by =
    starter.is === "known"
      ? { people: starter.identities }
      : { machines: starter.is === "machine" ? [DRAIN] : [] };
  const name = `held-${planHash.slice(0, 40)}`;
  const another = `${name}-${fence}`;
  const start = (as: string) => startRun({ flow: "sync-access", input, name: as }, by, ports);
  // It has planned again since, and waits for the approval of another plan.
  if (hold?.executionArn.endsWith(`:${name}`)) return start(another);
  try {
    return await start(name);
  } catch (error) {
    // An execution of that name has ended: the plan was held before.
    if (isFlowError(error, "ExecutionConflict")) return start(another);
    throw error;
  }
}
