import * as z from "zod";
import { isFlowError } from "../errors.ts";
import type { StoredRecord } from "../ports/record-store.ts";
import type { Ports } from "../ports/ports.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Hint } from "./hint.ts";
import { defineRecord } from "../records/define-record.ts";
import { parseJson } from "../records/read-stored.ts";

/** Something that has to be checked. Marking it again rewrites it, with a new `mark`. */
interface Dirt {
  /** Distinguishes markings, even if the record was removed in between and its revision restarts at one. */
  readonly mark: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const DirtShape = z.object({ mark: z.string(), at: z.number() });

export const MARKS = defineRecord<Dirt>({ kind: "dirty", version: 1, schema: DirtShape });

const Marks = z.array(z.object({ id: z.string(), value: DirtShape, revision: z.number() }));

export type DirtyRecord = StoredRecord<Dirt>;

const AT_ONCE = 10;
/** More groups or accounts than this are a matter for a full run (input of sync-access). */
export const MOST_IN_SCOPE = 200;

/** `group/<id>`, `account/<id>`, `policy/<version id>`, `users` or `all`: something marked twice is checked once. */
function dirtyId(hint: Hint): string {
  if (!("id" in hint)) return hint.kind;
  return `${hint.kind}/${hint.kind === "policy" ? hint.id : hint.id.toLowerCase()}`;
}

/** Sets the marks of the hints. If everything is marked, nothing smaller is. @returns the ids of the marks */
export async function markDirty(
  hints: readonly Hint[],
  { records, clock, newId }: Pick<Ports, "records" | "clock" | "newId">,
): Promise<string[]> {
  const ids = new Set(hints.map(dirtyId));
  const marks = ids.has("all") || ids.size > MOST_IN_SCOPE ? ["all"] : [...ids];
  await mapConcurrently(marks, AT_ONCE, (id) => MARKS.put(records, id, { mark: newId(), at: clock.now() }));
  return marks;
}

export function listDirty({ records }: Pick<Ports, "records">): Promise<DirtyRecord[]> {
  return MARKS.list(records);
}

/** A stored list of marks. @throws {FlowError} StoredRecordInvalid */
export function parseMarks(text: string, key: string): DirtyRecord[] {
  return parseJson(text, `object ${key}`, Marks);
}

/** Removes exactly these marks: what was marked again meanwhile stays. */
export async function clearDirty(
  claimed: readonly DirtyRecord[],
  { records }: Pick<Ports, "records">,
): Promise<{ cleared: number }> {
  const marks = new Map(claimed.map(({ id, value }) => [id, value.mark]));
  const still = (await listDirty({ records })).filter(({ id, value }) => marks.get(id) === value.mark);
  const outcomes = await mapConcurrently(still, AT_ONCE, ({ id, revision }) =>
    clear(id, revision, { records }),
  );
  return { cleared: outcomes.filter(Boolean).length };
}

async function clear(id: string, ifRevision: number, { records }: Pick<Ports, "records">): Promise<boolean> {
  try {
    await records.remove("dirty", id, { ifRevision });
    return true;
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
    return false;
  }
}
