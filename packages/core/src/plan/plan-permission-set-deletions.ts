import type { InstanceSnapshot } from "../model/instance.ts";
import { compareText } from "../text/canonical-json.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Settings } from "../settings.ts";
import type { ActualAssignment } from "../model/actual-assignments.ts";
import type { PermissionSetChange } from "./plan.ts";

interface DeletionInput {
  readonly policy: Pick<AccessPolicy, "permissionSets">;
  readonly instance: Pick<InstanceSnapshot, "permissionSets" | "ownPermissionSetArns">;
  /** Assignments that stay although no rule asks for them. */
  readonly kept: readonly ActualAssignment[];
  readonly settings: Pick<Settings, "breakGlass">;
}

/** Sets that Landbridge created, that the policy no longer defines, nobody protects and no assignment will use. */
export function planPermissionSetDeletions(input: DeletionInput): PermissionSetChange[] {
  const { policy, instance, kept, settings } = input;
  const own = new Set(instance.ownPermissionSetArns);
  const staying = new Set([
    ...Object.keys(policy.permissionSets),
    ...settings.breakGlass.permissionSets,
    ...kept.map(({ permissionSet }) => permissionSet),
  ]);
  return instance.permissionSets
    .filter(({ arn, name }) => own.has(arn) && !staying.has(name))
    .toSorted((a, b) => compareText(a.name, b.name))
    .map(({ arn, name, spec }) => ({
      action: "delete",
      name,
      arn,
      spec,
      changes: ["made by Landbridge, no longer in the policy, used by nobody"],
    }));
}
