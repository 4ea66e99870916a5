import { FlowError } from "../errors.ts";
import type { InstancePermissionSet, NamedPermissionSet } from "../model/instance.ts";
import { compareText } from "../text/canonical-json.ts";
import { canonicalSpec } from "../policy/canonical-spec.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { describeChanges } from "./describe-changes.ts";
import type { PermissionSetChange } from "./plan.ts";

/**
 * Permission sets to create and to update, by name. Those that the policy does not define are left alone.
 * @throws {FlowError} IncompleteRead when the policy says tags and the snapshot has none
 */
export function planPermissionSets(
  { permissionSets }: Pick<AccessPolicy, "permissionSets">,
  existing: readonly InstancePermissionSet[],
): PermissionSetChange[] {
  const byName = new Map(existing.map((set) => [set.name, set]));
  const names = Object.keys(permissionSets).toSorted(compareText);
  return names.flatMap((name): PermissionSetChange[] => {
    const wanted = permissionSets[name];
    if (!wanted) return [];
    const spec = canonicalSpec(wanted);
    const current = byName.get(name);
    if (!current) return [{ action: "create", name, arn: null, spec, changes: describeChanges(null, spec) }];
    const before = canonicalSpec(current.spec);
    if (spec.tags && !before.tags) throw new FlowError("IncompleteRead", `The tags of ${name} were not read`);
    // AWS can replace a description or relay state and not take it away: without one in the policy the old one stays.
    const after = {
      ...spec,
      description: spec.description ?? before.description,
      relayState: spec.relayState ?? before.relayState,
    };
    const changes = describeChanges(before, after);
    return changes.length === 0 ? [] : [{ action: "update", name, arn: current.arn, spec: after, changes }];
  });
}

/** For a scoped plan: the missing sets that one of its assignments needs. A full run handles the others. */
export function planNeededSets(
  { permissionSets }: Pick<AccessPolicy, "permissionSets">,
  existing: readonly NamedPermissionSet[],
  needed: ReadonlySet<string>,
): PermissionSetChange[] {
  const names = new Set(existing.map(({ name }) => name));
  const missing = Object.entries(permissionSets).filter(([name]) => needed.has(name) && !names.has(name));
  return planPermissionSets({ permissionSets: Object.fromEntries(missing) }, []);
}
