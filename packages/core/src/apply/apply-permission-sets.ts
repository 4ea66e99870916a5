import type { InstancePermissionSet, NamedPermissionSet, ScopedSnapshot } from "../model/instance.ts";
import { describeChanges } from "../plan/describe-changes.ts";
import type { PermissionSetChange } from "../plan/plan.ts";
import { canonicalSpec } from "../policy/canonical-spec.ts";
import { taggedSets } from "../policy/tagged-sets.ts";
import { keepAsOwn } from "./own-permission-sets.ts";
import { mapConcurrently } from "../policy/map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";

/** Quota of IAM Identity Center: concurrent ProvisionPermissionSet calls. */
const CONCURRENT_PROVISIONINGS = 3;

/**
 * Creates and updates the permission sets of the plan and brings the roles of updated ones up to date. Reads the sets
 * again first, so that a repetition after a crash creates nothing twice. The right to write is proved before each write. Deletions wait for {@link deletePermissionSets}.
 * @returns ARN by name, of every permission set of the instance
 * @throws what the port throws
 */
export async function applyPermissionSets(
  { plan: { permissionSets }, check }: WriteProof,
  snapshot: Pick<ScopedSnapshot, "instance" | "permissionSets" | "assignments">,
  { identityCenter, events, ...ports }: Pick<Ports, "identityCenter" | "events" | "records" | "clock">,
): Promise<Record<string, string>> {
  const wanted = permissionSets.filter(({ action }) => action !== "delete");
  if (wanted.length === 0) return arnsOf(snapshot.permissionSets);
  const { instance, assignments } = snapshot;
  const specs = Object.fromEntries(wanted.map(({ name, spec }) => [name, spec]));
  const existing = await identityCenter.readPermissionSets(instance, { tagsOf: taggedSets(specs) });
  const byName = new Map(existing.map((set) => [set.name, set]));
  const arns = arnsOf(existing);
  const provisioned = new Set(assignments.map(({ permissionSetArn }) => permissionSetArn));
  const outdated: string[] = [];
  for (const change of wanted) {
    const current = byName.get(change.name);
    if (!current) {
      const arn = await identityCenter.createPermissionSet(instance, change.name, change.spec, check);
      arns[change.name] = arn;
      await keepAsOwn(arn, change.name, ports);
      warnOfVanished(change, events);
      continue;
    }
    if (differs(current, change))
      await identityCenter.updatePermissionSet(instance, current, change.spec, check);
    // Even if nothing differs any more: the update may be an earlier invocation's that did not come to provisioning.
    if (provisioned.has(current.arn)) outdated.push(current.arn);
  }
  await mapConcurrently(outdated, CONCURRENT_PROVISIONINGS, (arn) =>
    identityCenter.provisionPermissionSet(instance, arn, check),
  );
  return arns;
}

function arnsOf(permissionSets: readonly NamedPermissionSet[]): Record<string, string> {
  return Object.fromEntries(permissionSets.map(({ name, arn }) => [name, arn]));
}

function differs(current: InstancePermissionSet, { spec }: PermissionSetChange): boolean {
  return describeChanges(canonicalSpec(current.spec), spec).length > 0;
}

function warnOfVanished({ action, name }: PermissionSetChange, events: Ports["events"]): void {
  if (action === "create") return;
  events.emit("warning.raised", {
    message: `Permission set ${name} was deleted after the plan was made and has been created again`,
  });
}
