import { isFlowError } from "../errors.ts";
import type {
  Instance,
  InstancePermissionSet,
  NamedPermissionSet,
  ScopedSnapshot,
} from "../model/instance.ts";
import { describeChanges } from "../plan/describe-changes.ts";
import type { PermissionSetChange } from "../plan/plan.ts";
import { canonicalSpec } from "../policy/canonical-spec.ts";
import { taggedSets } from "../policy/tagged-sets.ts";
import type { Prove } from "../ports/identity-center.ts";
import type { Ports } from "../ports/ports.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";
import { keepAsOwn } from "./own-permission-sets.ts";

/** The progress of a plan's permission sets, from which the next invocation continues. */
export interface AppliedPermissionSets {
  /** Name to ARN, of every permission set of the instance. */
  readonly arns: Readonly<Record<string, string>>;
  /** How many changes of the plan are done, and how many remain. */
  readonly done: number;
  readonly remaining: number;
}

interface ApplyInput {
  readonly proof: WriteProof;
  /** The snapshot that the plan was made from. */
  readonly snapshot: Pick<ScopedSnapshot, "instance" | "permissionSets">;
  /** The previous invocation's result; null at first. */
  readonly earlier: AppliedPermissionSets | null;
  /** Milliseconds since the epoch after which no further set is changed. */
  readonly deadline: number;
}

type Needs = Pick<Ports, "identityCenter" | "events" | "records" | "clock">;

/**
 * Creates and updates the permission sets of the plan, until all are done or the deadline has passed. It reads each just
 * before changing it, so that a repetition after a crash creates nothing twice, and proves the right to write before each
 * write. Their roles are updated by {@link provisionPermissionSets}.
 * @throws what the port and the proof throw
 */
export async function applyPermissionSets(
  { proof, snapshot, earlier, deadline }: ApplyInput,
  ports: Needs,
): Promise<AppliedPermissionSets> {
  const changes = proof.plan.permissionSets.filter(({ action }) => action !== "delete");
  const arns = { ...(earlier?.arns ?? arnsOf(snapshot.permissionSets)) };
  const writer = new PermissionSetWriter(snapshot.instance, proof.check, ports);
  let done = earlier?.done ?? 0;
  for (const change of changes.slice(done)) {
    if (ports.clock.now() >= deadline) break;
    arns[change.name] = await writer.bring(change);
    done += 1;
  }
  return { arns, done, remaining: changes.length - done };
}

class PermissionSetWriter {
  readonly #instance: Instance;
  readonly #prove: Prove;
  readonly #ports: Needs;
  #names: Promise<NamedPermissionSet[]> | null = null;

  constructor(instance: Instance, prove: Prove, ports: Needs) {
    this.#instance = instance;
    this.#prove = prove;
    this.#ports = ports;
  }

  /** The set is as the change says. @returns its ARN */
  async bring(change: PermissionSetChange): Promise<string> {
    const current = change.arn === null ? null : await this.#read(change.arn, change);
    if (current === null) return this.#create(change);
    await this.#update(current, change);
    return current.arn;
  }

  async #create(change: PermissionSetChange): Promise<string> {
    const { name, spec } = change;
    try {
      const { identityCenter } = this.#ports;
      const arn = await identityCenter.createPermissionSet(this.#instance, name, spec, this.#prove);
      await keepAsOwn(arn, name, this.#ports);
      if (change.action === "update") this.#warnOfVanished(name);
      return arn;
    } catch (error) {
      if (!isFlowError(error, "ConflictingOperation")) throw error;
      // Its name is taken: an earlier invocation, perhaps an interrupted one, or somebody else created it.
      const current = await this.#find(change);
      if (current === null) throw error;
      await this.#update(current, change);
      return current.arn;
    }
  }

  async #find(change: PermissionSetChange): Promise<InstancePermissionSet | null> {
    this.#names ??= this.#ports.identityCenter.listPermissionSets(this.#instance);
    const named = (await this.#names).find(({ name }) => name === change.name);
    return named ? this.#read(named.arn, change) : null;
  }

  #read(arn: string, { name, spec }: PermissionSetChange): Promise<InstancePermissionSet | null> {
    const tagsOf = taggedSets({ [name]: spec });
    return this.#ports.identityCenter.readPermissionSet(this.#instance, arn, { tagsOf });
  }

  async #update(current: InstancePermissionSet, { spec }: PermissionSetChange): Promise<void> {
    if (describeChanges(canonicalSpec(current.spec), spec).length === 0) return;
    await this.#ports.identityCenter.updatePermissionSet(this.#instance, current, spec, this.#prove);
  }

  #warnOfVanished(name: string): void {
    this.#ports.events.emit("warning.raised", {
      message: `Permission set ${name} was deleted after the plan was made and has been created again`,
    });
  }
}

function arnsOf(permissionSets: readonly NamedPermissionSet[]): Record<string, string> {
  return Object.fromEntries(permissionSets.map(({ name, arn }) => [name, arn]));
}
