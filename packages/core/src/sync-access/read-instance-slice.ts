import { readLedger } from "../ledger/ledger-entry.ts";
import type { DirectorySnapshot } from "../model/directory.ts";
import type { Organization } from "../model/organization.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { beginInstanceRead } from "./begin-instance-read.ts";
import { continueInstanceRead } from "./continue-instance-read.ts";
import {
  countLeft,
  type InstancePart,
  type InstanceRead,
  joinParts,
  type AskedScope,
} from "./instance-read.ts";
import type { Place } from "../model/instance.ts";
import { namedPlaces } from "./named-places.ts";
import { keepSnapshot, readSnapshot } from "./snapshot.ts";

interface SliceInput {
  readonly scope: AskedScope;
  /** The previous invocation's result; null at first. */
  readonly cursor: string | null;
  /** Keys of what has been read before the instance. */
  readonly directoryKey: string;
  readonly organizationKey: string;
}

interface ReadSlice {
  /** Key of the read's progress; null once it is complete. */
  readonly cursor: string | null;
  /** Key of the snapshot; null until it is complete: nothing is ever planned from a partial read. */
  readonly instanceKey: string | null;
  /** How many questions are open, as far as known; 0: complete. */
  readonly remaining: number;
}

interface Kept {
  readonly read: InstanceRead;
  /** Keys of the parts that were read. */
  readonly parts: readonly string[];
}

type Needs = Pick<
  Ports,
  "objects" | "clock" | "records" | "identityCenter" | "identityStore" | "directory"
> & { readonly settings: Pick<Settings, "manageManagementAccount">; readonly deadline: number };

/**
 * Reads the part of the instance that a run covers, until all is read or the deadline has passed. Invoke again with the
 * cursor while something remains. A large read takes longer than a function may run: at 19 requests a second, 3,500
 * permission sets alone take a quarter of an hour.
 * @throws {FlowError} PolicyInvalid, and what the ports throw: the slice is then read again
 */
export async function readInstanceSlice(
  { cursor, ...input }: SliceInput,
  policy: AccessPolicy,
  { deadline, settings, ...ports }: Needs,
): Promise<ReadSlice> {
  const kept = cursor === null ? null : await readSnapshot<Kept>(cursor, ports);
  const begun = kept ?? (await beginInstanceRead(policy, input.scope, ports));
  const { read, part } = await continueInstanceRead(
    begun.read,
    {
      policy,
      isOver: () => ports.clock.now() >= deadline,
      namedPlaces: (known) => findNamedPlaces(known, { policy, ...input }, { settings, ...ports }),
    },
    ports,
  );
  const parts = "part" in begun ? [begun.part, part] : [part];
  const remaining = countLeft(read);
  if (remaining === 0) {
    const earlier = await readParts(kept?.parts ?? [], ports);
    const snapshot = joinParts(read, [...earlier, ...parts]);
    return { cursor: null, instanceKey: await keepSnapshot("instance", snapshot, ports), remaining };
  }
  const keys = [...(kept?.parts ?? []), await keepSnapshot("instance-part", parts, ports)];
  const progress: Kept = { read, parts: keys };
  return { cursor: await keepSnapshot("instance-read", progress, ports), instanceKey: null, remaining };
}

async function readParts(
  keys: readonly string[],
  { objects }: Pick<Ports, "objects">,
): Promise<InstancePart[]> {
  const parts = await Promise.all(keys.map((key) => readSnapshot<InstancePart[]>(key, { objects })));
  return parts.flat();
}

async function findNamedPlaces(
  { scope, permissionSets, left }: InstanceRead,
  { policy, directoryKey, organizationKey }: Omit<SliceInput, "cursor"> & { readonly policy: AccessPolicy },
  { settings, ...ports }: Omit<Needs, "deadline">,
): Promise<Place[]> {
  if (scope.scope === "full") return [];
  const [directory, organization, ledger] = await Promise.all([
    readSnapshot<DirectorySnapshot>(directoryKey, ports),
    readSnapshot<Organization>(organizationKey, ports),
    readLedger(ports),
  ]);
  const now = new Date(ports.clock.now()).toISOString();
  const { assignments: desired } = bindPolicy(policy, { directory, organization, now }, settings);
  const groupIds = new Set(left.principals.map(({ principalId }) => principalId));
  return namedPlaces({ scope, groupIds, permissionSets, desired, ledger });
}
