import { keepLedgerChanges } from "../ledger/keep-ledger-changes.ts";
import type { LedgerChange } from "../ledger/reconcile-ledger.ts";
import type { Ports } from "../ports/ports.ts";
import { beginSlice, type RunIdentity } from "./fence.ts";

/** A run that may change access, and so the ledger. */
export interface Writer {
  readonly fence: number;
  readonly run: RunIdentity;
}

const NAMES_SHOWN = 5;

/**
 * Stores what a run's reads have shown about the ledger. Only the run that has the fence may do so: one that read earlier
 * would undo what a later one has written.
 * @throws {FlowError} RunOvertaken
 */
export async function bringLedgerInStep(
  changes: readonly LedgerChange[],
  writer: Writer,
  ports: Pick<Ports, "records" | "newId" | "clock" | "events">,
): Promise<void> {
  if (changes.length === 0) return;
  await beginSlice(writer, ports.newId(), ports);
  await keepLedgerChanges(changes, ports);
  const gone = changes.flatMap(({ becomes }) => (becomes?.entry.state === "gone" ? [becomes.entry] : []));
  if (gone.length === 0) return;
  const names = gone
    .slice(0, NAMES_SHOWN)
    .map((entry) => `${entry.permissionSet} for ${entry.principalName} in ${entry.accountName}`);
  const rest = gone.length > NAMES_SHOWN ? ` and ${gone.length - NAMES_SHOWN} more` : "";
  ports.events.emit("warning.raised", {
    message: `Somebody else removed assignments that Landbridge had created: ${names.join(", ")}${rest}`,
  });
}
