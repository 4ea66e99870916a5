import type { Ports } from "../ports/ports.ts";

/** Record `report/sync-access`: the last run that applied a plan to its end. */
interface LastSync {
  /** ISO time. */
  readonly at: string;
  readonly reportKey: string;
  /** Changes that failed, each on its own. */
  readonly failed: number;
}

const ID = "sync-access";

export async function recordLastSync(last: LastSync, { records }: Pick<Ports, "records">): Promise<void> {
  await records.put("report", ID, last);
}

export async function readLastSync({ records }: Pick<Ports, "records">): Promise<LastSync | null> {
  return (await records.get<LastSync>("report", ID))?.value ?? null;
}
