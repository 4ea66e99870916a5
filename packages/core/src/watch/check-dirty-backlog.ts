import { listDirty } from "../changes/dirty-set.ts";
import { readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { readPause } from "../sync-access/pause.ts";
import { finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

const MINUTE_MILLISECONDS = 60_000;
/** Known changes should be done within 15 minutes; a run in between may take as long again. */
const PATIENCE_MINUTES = 30;

/**
 * Known changes that no run has processed yet. Until connect has ended, and while runs are paused, they wait on purpose:
 * other findings report that.
 */
export async function checkDirtyBacklog(ports: Pick<Ports, "records" | "clock">): Promise<Inspection> {
  const dirty = await listDirty(ports);
  const figures = { dirtyBacklog: dirty.length };
  if (dirty.length === 0) return checked("empty", { figures });
  if ((await readConnection(ports.records)).connectedAt === undefined)
    return checked(`${dirty.length} waiting for the end of connect`, { figures });
  if ((await readPause(ports)) !== null)
    return checked(`${dirty.length} waiting for the end of the pause`, { figures });
  const oldest = Math.min(...dirty.map(({ value }) => value.at));
  const minutes = Math.floor((ports.clock.now() - oldest) / MINUTE_MILLISECONDS);
  if (minutes <= PATIENCE_MINUTES) return checked(`${dirty.length} waiting`, { figures });
  const what = `${dirty.length} changes wait, the oldest for ${minutes} minutes.`;
  return checked(`${dirty.length} waiting`, { findings: [finding("DirtyBacklog", what)], figures });
}
