import { clearDirty, type DirtyRecord, listDirty } from "../changes/dirty-set.ts";
import type { Ports } from "../ports/ports.ts";
import { keepSnapshot, readSnapshot } from "./snapshot.ts";

/**
 * Keeps what is marked before a full run reads: its reads see what these marks stand for.
 * @returns the key of the list, or null when nothing is marked
 */
export async function keepMarks(ports: Pick<Ports, "records" | "objects">): Promise<string | null> {
  const marks = await listDirty(ports);
  return marks.length === 0 ? null : keepSnapshot("marks", marks, ports);
}

/** After the run has ended: what was marked again since stays, and is looked at again. */
export async function clearMarks(
  marksKey: string,
  ports: Pick<Ports, "records" | "objects">,
): Promise<{ cleared: number }> {
  return clearDirty(await readSnapshot<DirtyRecord[]>(marksKey, ports), ports);
}
