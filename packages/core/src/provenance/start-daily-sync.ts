import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { startRun } from "./run-start.ts";

/**
 * Starts the full run of this day (UTC) only once, however often the schedule calls: it delivers at least once.
 * @returns the ARN of the execution; null when that of today has ended
 */
export async function startDailySync(
  ports: Pick<Ports, "records" | "clock"> & { readonly executions: Pick<Ports["executions"], "start"> },
): Promise<{ executionArn: string | null }> {
  const day = new Date(ports.clock.now()).toISOString().slice(0, 10);
  const input = { scope: "full", mode: "apply", requestedBy: "schedule" };
  const run = { flow: "sync-access", input, name: `daily-${day}` };
  try {
    return { executionArn: await startRun(run, { machines: ["schedule"] }, ports) };
  } catch (error) {
    if (isFlowError(error, "ExecutionConflict")) return { executionArn: null };
    throw error;
  }
}
