import { clearDirty, type DirtyRecord, listDirty } from "../changes/dirty-set.ts";
import type { Ports } from "../ports/ports.ts";
import { keepSnapshot, readSnapshot } from "./snapshot.ts";

/**
 * Keeps the marks from before a full run reads: its reads cover them.
 * @returns the key of the list, or null when nothing is marked
 */
export async function keepMarks(ports: Pick<Ports, "records" | "objects">): Promise<string | null> {
  const marks = await listDirty(ports);
  return marks.length === 0 ? null : keepSnapshot("marks", marks, ports);
}

/** Called after the run has ended: marks that were set again in the meantime stay and are processed again. */
export async function clearMarks(
  marksKey: string,
  ports: Pick<Ports, "records" | "objects">,
): Promise<{ cleared: number }> {
  return clearDirty(await readSnapshot<DirtyRecord[]>(marksKey, ports), ports);
}
