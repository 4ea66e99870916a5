import * as z from "zod";
import { drainWhatWaits, mark, type MarkingPorts } from "../changes/mark-changes.ts";
import { FlowError, isFlowError } from "../errors.ts";
import { tightenGuardrails } from "../plan/tighten-guardrails.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { defineRecord } from "../records/define-record.ts";

/**
 * Record `pause/sync-access`: while it exists, no run of sync-access changes anything. It is a record because it takes effect
 * at once, even for a running sync; the policy and the settings, which can also pause, are read when a plan is made and when
 * a step starts.
 */
export interface Pause {
  readonly reason: string;
  /** Who paused: ARN in AWS, or object id in Entra. */
  readonly by: string;
  /** ISO time. */
  readonly at: string;
}

const ID = "sync-access";

export const PAUSES = defineRecord<Pause>({
  kind: "pause",
  version: 1,
  schema: z.object({ reason: z.string(), by: z.string(), at: z.iso.datetime() }),
});

/**
 * Stops every run before its next batch of writes, and keeps others from beginning. A pause that is there already stays as
 * it is.
 * @returns the pause that holds now, and whether this call began it
 */
export async function pauseSync(
  { reason, by }: Pick<Pause, "reason" | "by">,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<{ readonly pause: Pause; readonly isNew: boolean }> {
  const pause: Pause = { reason, by, at: new Date(clock.now()).toISOString() };
  try {
    await PAUSES.put(records, ID, pause, { ifRevision: 0 });
    return { pause, isNew: true };
  } catch (error) {
    const earlier = isFlowError(error, "ConflictingOperation") ? await readPause({ records }) : null;
    if (earlier === null) throw error;
    return { pause: earlier, isNew: false };
  }
}

/**
 * Ends the pause. Marks everything as changed and starts a drain, which begins within 65 seconds: changes made meanwhile do
 * not wait for the daily run.
 * @returns the pause that has ended, or null when there was none
 * @throws {FlowError} ConflictingOperation when the pause was ended and begun again at the same moment
 */
export async function resumeSync(ports: MarkingPorts): Promise<Pause | null> {
  const stored = await PAUSES.get(ports.records, ID);
  if (stored !== null) {
    await mark([{ kind: "all" }], "the end of a pause", ports);
    await ports.records.remove("pause", ID, { ifRevision: stored.revision });
  }
  // After the pause, so that no drain finds it; and again when an earlier attempt was interrupted here.
  await drainWhatWaits(ports);
  return stored?.value ?? null;
}

export async function readPause({ records }: Pick<Ports, "records">): Promise<Pause | null> {
  return (await PAUSES.get(records, ID))?.value ?? null;
}

/** A sentence without its full stop. */
export function describePause({ at, by, reason }: Pause): string {
  return `All runs are paused since ${at} by ${by}: ${reason}`;
}

/** Before a step writes. @throws {FlowError} SyncPaused */
export async function refuseWhenPaused(
  { guardrails }: Pick<Plan, "guardrails">,
  { settings, records }: Pick<Ports, "records"> & { readonly settings: Pick<Settings, "guardrails"> },
): Promise<void> {
  const pause = await readPause({ records });
  if (pause) throw new FlowError("SyncPaused", describePause(pause));
  if (!tightenGuardrails(settings.guardrails, guardrails).paused) return;
  throw new FlowError("SyncPaused", "The access policy or the deployment's settings pause all runs");
}
