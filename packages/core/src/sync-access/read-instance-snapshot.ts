import type { InstanceSnapshot } from "../model/instance.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Ports } from "../ports/ports.ts";
import { beginFull } from "./begin-instance-read.ts";
import { continueInstanceRead } from "./continue-instance-read.ts";
import { joinFull } from "./instance-read.ts";

/**
 * Reads permission sets, assignments and principals completely, however long it takes; any failure fails the read as a
 * whole.
 */
export async function readInstanceSnapshot(
  policy: Pick<AccessPolicy, "rules" | "permissionSets">,
  ports: Pick<Ports, "identityCenter" | "identityStore" | "records">,
): Promise<InstanceSnapshot> {
  const begun = await beginFull(policy, ports);
  const { read, part } = await continueInstanceRead(
    begun.read,
    { policy, isOver: () => false, namedPlaces: async () => [] },
    ports,
  );
  return joinFull(read, [begun.part, part]);
}
