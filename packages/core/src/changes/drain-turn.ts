import * as z from "zod";
import { isFlowError } from "../errors.ts";
import { isRunning } from "../flows/is-running.ts";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

interface Turn {
  /** ARN of the execution that drains. */
  readonly holder: string;
}

const ID = "drain";

export const TURNS = defineRecord<Turn>({
  kind: "drain-turn",
  version: 1,
  schema: z.object({ holder: z.string() }),
});

interface Needs extends Pick<Ports, "records"> {
  readonly executions: Pick<Ports["executions"], "status">;
}

/**
 * One execution drains at a time. The lock of one that no longer runs is taken over, however it ended, so no time limit
 * is needed.
 * @returns false when another execution has the turn
 */
export async function takeTurn(executionArn: string, { records, executions }: Needs): Promise<boolean> {
  const stored = await TURNS.get(records, ID);
  if (stored?.value.holder === executionArn) return true;
  if (stored && (await isRunning(stored.value.holder, executions))) return false;
  try {
    const turn: Turn = { holder: executionArn };
    await TURNS.put(records, ID, turn, { ifRevision: stored?.revision ?? 0 });
    return true;
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
    return false;
  }
}

export async function giveTurnBack(executionArn: string, { records }: Pick<Ports, "records">): Promise<void> {
  const stored = await TURNS.get(records, ID);
  if (stored?.value.holder !== executionArn) return;
  await records.remove("drain-turn", ID, { ifRevision: stored.revision });
}
