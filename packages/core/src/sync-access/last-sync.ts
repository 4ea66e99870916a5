import * as z from "zod";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

/** Record `report/sync-access`: the last run that applied a plan to its end. */
interface LastSync {
  /** ISO time. */
  readonly at: string;
  readonly reportKey: string;
  /** Changes that failed, each on its own. */
  readonly failed: number;
}

const ID = "sync-access";

export const LAST_SYNCS = defineRecord<LastSync>({
  kind: "report",
  version: 1,
  schema: z.object({ at: z.iso.datetime(), reportKey: z.string(), failed: z.int() }),
});

export async function recordLastSync(last: LastSync, { records }: Pick<Ports, "records">): Promise<void> {
  await LAST_SYNCS.put(records, ID, last);
}

export async function readLastSync({ records }: Pick<Ports, "records">): Promise<LastSync | null> {
  return (await LAST_SYNCS.get(records, ID))?.value ?? null;
}
