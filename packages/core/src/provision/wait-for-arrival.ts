import type { Ports } from "../ports/ports.ts";
import { readPrincipals } from "../sync-access/read-principals.ts";

const POLL_MILLISECONDS = 5_000;
/** Principals that SCIM creates appear seconds later; a member that AWS refuses never does. */
const PATIENCE_MILLISECONDS = 60_000;

/** Waits until the identity store knows all of these Entra objects. @returns the ids of those that it does not know in the end */
export async function waitForArrival(
  directoryIds: readonly string[],
  ports: Pick<Ports, "identityCenter" | "identityStore" | "clock">,
): Promise<ReadonlySet<string>> {
  const end = ports.clock.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const { principals } = await readPrincipals(ports);
    const arrived = new Set(principals.map(({ externalId }) => externalId));
    const missing = new Set(directoryIds.filter((id) => !arrived.has(id)));
    if (missing.size === 0 || ports.clock.now() >= end) return missing;
    await ports.clock.sleep(POLL_MILLISECONDS);
  }
}
