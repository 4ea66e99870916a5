import { FlowError } from "../errors.ts";
import { tightenGuardrails } from "../plan/tighten-guardrails.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";

/**
 * The kill switch: a record, because a record holds at once, also for a run that is under way; the policy and the settings,
 * which can pause too, are read when a plan is made and when a step starts.
 */
export interface Pause {
  readonly reason: string;
  /** ISO time. */
  readonly at: string;
}

const ID = "sync-access";

/** Stops every run before its next batch of writes. */
export async function pauseSync(
  reason: string,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<void> {
  const pause: Pause = { reason, at: new Date(clock.now()).toISOString() };
  await records.put("pause", ID, pause);
}

export async function resumeSync({ records }: Pick<Ports, "records">): Promise<void> {
  await records.remove("pause", ID);
}

export async function readPause({ records }: Pick<Ports, "records">): Promise<Pause | null> {
  return (await records.get<Pause>("pause", ID))?.value ?? null;
}

/** Before a step writes. @throws {FlowError} SyncPaused */
export async function refuseWhenPaused(
  { guardrails }: Pick<Plan, "guardrails">,
  { settings, records }: Pick<Ports, "records"> & { readonly settings: Pick<Settings, "guardrails"> },
): Promise<void> {
  const pause = await readPause({ records });
  if (pause) throw new FlowError("SyncPaused", `All runs are paused since ${pause.at}: ${pause.reason}`);
  if (!tightenGuardrails(settings.guardrails, guardrails).paused) return;
  throw new FlowError("SyncPaused", "The access policy or the deployment's settings pause all runs");
}
