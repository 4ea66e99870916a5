import { readPatiently } from "../apply/patience.ts";
import type { Ports } from "../ports/ports.ts";

/** A worker that was killed may have sent its last requests just now, and a listing may not show them yet. */
const POLL_MILLISECONDS = 5_000;
/** Operations of somebody else may never end; AWS takes seconds for one. */
const PATIENCE_MILLISECONDS = 120_000;

/**
 * Waits until AWS has finished what a run started that ended without releasing the fence: later reads then show it. At least
 * one poll, at most two minutes.
 */
export async function settleAbandoned({
  identityCenter,
  clock,
  events,
}: Pick<Ports, "identityCenter" | "clock" | "events">): Promise<void> {
  const instance = await identityCenter.readInstance();
  const end = clock.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    await clock.sleep(POLL_MILLISECONDS);
    const underWay = await Promise.all(
      (["create", "delete"] as const).map((action) =>
        readPatiently(clock, () => identityCenter.listAssignmentOperations(action, instance, "IN_PROGRESS")),
      ),
    );
    const count = underWay.flat().length;
    if (count === 0) return;
    if (clock.now() < end) continue;
    const message = `${count} assignment operations are still in progress after two minutes: Landbridge treats them as somebody else's`;
    return events.emit("warning.raised", { message });
  }
}
