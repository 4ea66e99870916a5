import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

interface Lease {
  readonly holder: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

const ID = "apply";
/** Longer than a Lambda function lives: a holder that crashed is dead by then. */
const LIFE_MILLISECONDS = 16 * 60_000;

/**
 * One worker applies at a time. The same holder may come again: that is the retry of a step that crashed.
 * @throws {FlowError} AnotherRunActive
 */
export async function withLease<T>(
  holder: string,
  { records, clock }: Pick<Ports, "records" | "clock">,
  work: () => Promise<T>,
): Promise<T> {
  const now = clock.now();
  const stored = await records.get<Lease>("lease", ID);
  const taken = stored !== null && stored.value.until > now && stored.value.holder !== holder;
  if (taken) throw new FlowError("AnotherRunActive", `The plan ${stored.value.holder} is being applied`);
  const lease: Lease = { holder, until: now + LIFE_MILLISECONDS };
  try {
    await records.put("lease", ID, lease, { ifRevision: stored?.revision ?? 0, expiresAt: lease.until });
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
    throw new FlowError("AnotherRunActive", "Another run took the lease at the same moment", {
      cause: error,
    });
  }
  try {
    return await work();
  } finally {
    // A failure that can still say so has stopped working; only a process that died keeps the lease until it runs out.
    await records.remove("lease", ID);
  }
}
