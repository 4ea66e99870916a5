import type { InstanceSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import { compareText } from "../text/canonical-json.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { PermissionSetChange, ProvisioningChange } from "./plan.ts";
import { isProtectedRole, type Protection } from "./protection.ts";

interface ProvisioningInput {
  readonly policy: Pick<AccessPolicy, "permissionSets">;
  readonly instance: Pick<InstanceSnapshot, "permissionSets" | "outdated">;
  readonly organization: Organization;
  readonly settings: Protection;
  /** The plan's changes of permission sets: the roles of an updated set follow from them. */
  readonly permissionSets: readonly PermissionSetChange[];
}

const REASON = "out of date: the permission set has changed";

/** The roles to update, and warnings about those that stay out of date. */
export function planProvisioning({
  policy,
  instance,
  organization,
  settings,
  permissionSets,
}: ProvisioningInput): { provisioning: ProvisioningChange[]; warnings: string[] } {
  const names = new Map(instance.permissionSets.map(({ arn, name }) => [arn, name]));
  const judge = roleJudge(organization, settings);
  const changed = new Set(permissionSets.map(({ name }) => name));
  const provisioning: ProvisioningChange[] = [];
  const counts = { protected: 0, unreachable: 0 };
  for (const { permissionSetArn: arn, accountId } of instance.outdated) {
    const permissionSet = names.get(arn);
    if (permissionSet === undefined || !Object.hasOwn(policy.permissionSets, permissionSet)) continue;
    const { verdict, accountName } = judge(permissionSet, accountId);
    if (verdict !== "provision") counts[verdict] += 1;
    else if (!changed.has(permissionSet))
      provisioning.push({ permissionSet, arn, accountId, accountName, reason: REASON });
  }
  return { provisioning: provisioning.toSorted(compareProvisioning), warnings: warnOfStale(counts) };
}

interface RoleVerdict {
  /** `unreachable`: the account is not active, and AWS would fail after a long time. */
  readonly verdict: "provision" | "protected" | "unreachable";
  readonly accountName: string;
}

/** Tells whether the role of a permission set in an account may be updated. */
export function roleJudge(
  { accounts, managementAccountId }: Organization,
  protection: Protection,
): (permissionSet: string, accountId: string) => RoleVerdict {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return (permissionSet, accountId) => {
    const account = byId.get(accountId);
    const role = { accountId, permissionSet };
    const accountName = account?.name ?? accountId;
    if (isProtectedRole(role, managementAccountId, protection)) return { verdict: "protected", accountName };
    return { verdict: account?.state === "ACTIVE" ? "provision" : "unreachable", accountName };
  };
}

/** Describes how many roles are left alone. */
export function warnOfStale(counts: Readonly<Record<"protected" | "unreachable", number>>): string[] {
  const warnings: string[] = [];
  if (counts.protected > 0)
    warnings.push(`${counts.protected} role(s) stay out of date: break-glass or management account`);
  if (counts.unreachable > 0)
    warnings.push(`${counts.unreachable} role(s) stay out of date: their account is not active or unknown`);
  return warnings;
}

function compareProvisioning(a: ProvisioningChange, b: ProvisioningChange): number {
  return compareText(a.permissionSet, b.permissionSet) || compareText(a.accountId, b.accountId);
}
