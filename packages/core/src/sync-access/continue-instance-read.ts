import { isFlowError } from "../errors.ts";
import type {
  Instance,
  InstanceAssignment,
  InstancePermissionSet,
  NamedPermissionSet,
  OutdatedRole,
  Place,
} from "../model/instance.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { taggedSets } from "../policy/tagged-sets.ts";
import type { Ports } from "../ports/ports.ts";
import { principalOf } from "./orphans.ts";
import { countLeft, type InstancePart, type InstanceRead, type LeftToRead } from "./instance-read.ts";

/** Enough to keep the limiter busy at AWS's latencies. */
const CONCURRENCY = 8;

export interface SliceOptions {
  readonly policy: Pick<AccessPolicy, "permissionSets">;
  /** Whether this invocation's time is up. */
  readonly isOver: () => boolean;
  /** The places where a scope's groups have, or should have, an assignment; used if listing by principal is not allowed. */
  readonly namedPlaces: (read: InstanceRead) => Promise<readonly Place[]>;
}

/** Asks the open questions until none are left, or the time is up. Any failure fails this slice as a whole. */
export async function continueInstanceRead(
  read: InstanceRead,
  options: SliceOptions,
  { identityCenter }: Pick<Ports, "identityCenter">,
): Promise<{ read: InstanceRead; part: InstancePart }> {
  const slice = new Slice(read, options, identityCenter);
  while (countLeft(slice) > 0 && !options.isOver()) await slice.ask();
  return { read: slice.read(), part: slice.part };
}

class Slice {
  readonly part = {
    permissionSets: [] as InstancePermissionSet[],
    principals: [],
    assignments: [] as InstanceAssignment[],
    outdated: [] as OutdatedRole[],
  } satisfies InstancePart;
  left: LeftToRead;
  readonly #begun: InstanceRead;
  readonly #instance: Instance;
  readonly #options: SliceOptions;
  readonly #identityCenter: Ports["identityCenter"];
  readonly #known: Map<string, NamedPermissionSet>;
  readonly #tagged: ReadonlySet<string>;
  #overlaps: boolean;

  constructor(read: InstanceRead, options: SliceOptions, identityCenter: Ports["identityCenter"]) {
    this.#begun = read;
    this.#instance = read.instance;
    this.#options = options;
    this.#identityCenter = identityCenter;
    this.#known = new Map(read.permissionSets.map((set) => [set.arn, set]));
    this.#tagged = taggedSets(options.policy.permissionSets);
    this.#overlaps = read.overlaps;
    this.left = read.left;
  }

  read(): InstanceRead {
    const permissionSets = [...this.#known.values()];
    return { ...this.#begun, permissionSets, left: this.left, overlaps: this.#overlaps };
  }

  /** The next questions of one kind. Finds a few places at a time, so that never many of them wait. */
  async ask(): Promise<void> {
    const { specs, principals, orphans, places, sets } = this.left;
    if (specs.length > 0) return this.#readSpecs();
    if (principals.length > 0) return this.#askPrincipals();
    if (orphans.length > 0) return this.#lookForTheGone();
    if (places.length > 0) return this.#lookAtPlaces();
    return sets.length > 0 ? this.#findAccountsOfSets() : this.#findSetsOfAccounts();
  }

  async #readSpecs(): Promise<void> {
    const { specs } = this.left;
    const found = await this.#map(specs, (arn) => this.#readSpec(arn));
    this.#leave({ specs: specs.slice(found.length) });
    for (const one of found) {
      if (one === null) continue;
      const { set, outdated } = one;
      this.#known.set(set.arn, { arn: set.arn, name: set.name });
      this.part.permissionSets.push(set);
      this.part.outdated.push(...outdated.map((accountId) => ({ permissionSetArn: set.arn, accountId })));
      this.#lookForUsers(set);
    }
  }

  /** Null when it has been deleted since it was listed. */
  async #readSpec(arn: string): Promise<{ set: InstancePermissionSet; outdated: string[] } | null> {
    const set = await this.#identityCenter.readPermissionSet(this.#instance, arn, { tagsOf: this.#tagged });
    if (set === null) return null;
    const isFull = this.#begun.scope.scope === "full";
    const isOurs = isFull && Object.hasOwn(this.#options.policy.permissionSets, set.name);
    const outdated = isOurs ? await this.#identityCenter.listOutdatedAccounts(this.#instance, arn) : [];
    return { set, outdated };
  }

  /** Only a set's own places show whether a set that may be deleted is unused, since not every user is asked. */
  #lookForUsers({ arn, name }: NamedPermissionSet): void {
    const isOwn = this.#begun.ownPermissionSetArns.includes(arn);
    if (!isOwn || Object.hasOwn(this.#options.policy.permissionSets, name)) return;
    if (this.left.sets.includes(arn)) return;
    this.#overlaps = true;
    this.#leave({ sets: [...this.left.sets, arn] });
  }

  async #askPrincipals(): Promise<void> {
    const { principals } = this.left;
    try {
      const found = await this.#map(principals, (principal) =>
        this.#identityCenter.readAssignmentsOf(this.#instance, principal),
      );
      this.#leave({ principals: principals.slice(found.length) });
      this.#take(found.flat());
    } catch (error) {
      // Only the management account may list by principal (ListAccountAssignmentsForPrincipal).
      if (!isFlowError(error, "AccessDenied")) throw error;
      const isFull = this.#begun.scope.scope === "full";
      const places = isFull ? [] : await this.#options.namedPlaces(this.read());
      this.#leave({ principals: [], orphans: [], places, sets: isFull ? [...this.#known.keys()] : [] });
    }
  }

  async #lookForTheGone(): Promise<void> {
    const { orphans } = this.left;
    const found = await this.#listAt(orphans);
    this.#leave({ orphans: orphans.slice(found.length) });
    const gone = new Set(this.#begun.gone);
    this.#take(found.flat().filter((assignment) => gone.has(principalOf(assignment))));
  }

  async #lookAtPlaces(): Promise<void> {
    const { places } = this.left;
    const found = await this.#listAt(places);
    this.#leave({ places: places.slice(found.length) });
    this.#take(found.flat());
  }

  #listAt(places: readonly Place[]): Promise<InstanceAssignment[][]> {
    return this.#map(places, ({ accountId, permissionSetArn }) =>
      this.#identityCenter.readAssignmentsAt(this.#instance, accountId, permissionSetArn),
    );
  }

  async #findAccountsOfSets(): Promise<void> {
    const arns = this.left.sets.slice(0, CONCURRENCY);
    const found = await this.#map(arns, async (permissionSetArn) =>
      (await this.#identityCenter.listAccountsWith(this.#instance, permissionSetArn)).map((accountId) => ({
        accountId,
        permissionSetArn,
      })),
    );
    this.#leave({ sets: this.left.sets.slice(found.length), places: found.flat() });
  }

  async #findSetsOfAccounts(): Promise<void> {
    const accountIds = this.left.accounts.slice(0, CONCURRENCY);
    const found = await this.#map(accountIds, async (accountId) =>
      (await this.#identityCenter.listPermissionSetsIn(this.#instance, accountId)).map(
        (permissionSetArn) => ({
          accountId,
          permissionSetArn,
        }),
      ),
    );
    this.#leave({ accounts: this.left.accounts.slice(found.length), places: found.flat() });
  }

  /** A set that was created after the sets were listed is read too: the assignments must refer to something. */
  #take(assignments: readonly InstanceAssignment[]): void {
    this.part.assignments.push(...assignments);
    const unknown = new Set(
      assignments.map(({ permissionSetArn }) => permissionSetArn).filter((arn) => !this.#known.has(arn)),
    );
    if (unknown.size > 0) this.#leave({ specs: [...unknown] });
  }

  #leave(changed: Partial<LeftToRead>): void {
    this.left = { ...this.left, ...changed };
  }

  #map<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
    return mapConcurrently(items, CONCURRENCY, ask, () => !this.#options.isOver());
  }
}
