import type { SandboxClock } from "../../kernel/clock.ts";

/** A sleep cannot be cut short; slices let a closed sandbox come to its end soon. */
const SLICE_MILLISECONDS = 30_000;

/** Sleeps in the sandbox's time, at most a slice beyond an abort. */
export async function sleepWhile(
  clock: SandboxClock,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const end = clock.now() + milliseconds;
  for (let left = milliseconds; left > 0 && !signal.aborted; left = end - clock.now()) {
    await clock.sleep(Math.min(left, SLICE_MILLISECONDS));
  }
}
