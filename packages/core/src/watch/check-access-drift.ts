import { isFlowError } from "../errors.ts";
import { readLedger } from "../ledger/ledger-entry.ts";
import { ownAssignments } from "../ledger/own-assignments.ts";
import type { DirectorySnapshot } from "../model/directory.ts";
import type { InstanceSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import { planAccess } from "../plan/plan-access.ts";
import type { Plan } from "../plan/plan.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import { type PolicyRef, readPinnedPolicy } from "../policy-versions/policy-ref.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import type { WorldKeys } from "../sync-access/plan-changes.ts";
import { readSnapshot } from "../sync-access/snapshot.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

/** Complete reads of the world, and the version of the policy that they were made for. */
export interface AccessRead {
  readonly policy: PolicyRef;
  readonly world: Omit<WorldKeys, "readAt">;
}

type Needs = Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings };

/** How access differs from the access policy, by a plan that is not applied. */
export async function checkAccessDrift(read: AccessRead, ports: Needs): Promise<Inspection> {
  try {
    const plan = await makePlan(read, ports);
    const { creates, deletes, unchanged } = plan.counts;
    const permissionSets = plan.permissionSets.length;
    return checked(`${creates} missing, ${deletes} too many, ${unchanged} as they should be`, {
      findings: judge(plan),
      figures: { driftCount: creates + deletes + permissionSets + plan.provisioning.length },
    });
  } catch (error) {
    if (!isFlowError(error, "PolicyInvalid")) throw error;
    return unusablePolicy(error.message);
  }
}

/** @param why the error, with file and line */
export function unusablePolicy(why: string): Inspection {
  return checked("the access policy is not usable", { findings: [finding("PolicyUnusable", why)] });
}

async function makePlan({ policy: ref, world }: AccessRead, { settings, ...ports }: Needs): Promise<Plan> {
  const [policy, directory, organization, instance, records] = await Promise.all([
    readPinnedPolicy(ref, ports),
    readSnapshot<DirectorySnapshot>(world.directoryKey, ports),
    readSnapshot<Organization>(world.organizationKey, ports),
    readSnapshot<InstanceSnapshot>(world.instanceKey, ports),
    readLedger(ports),
  ]);
  const now = new Date(ports.clock.now()).toISOString();
  const bound = bindPolicy(policy, { organization, directory, now }, settings);
  const ledger = ownAssignments(records, instance);
  return planAccess({ bound, policy, organization, instance, ledger, settings, now });
}

function judge({ assignments, permissionSets, provisioning, awaited, counts }: Plan): Finding[] {
  const findings: Finding[] = [];
  if (assignments.length + permissionSets.length > 0) {
    const what = `${counts.creates} assignments are missing, ${counts.deletes} are too many, ${permissionSets.length} permission sets differ.`;
    const subjects = [
      ...assignments.map(({ action, permissionSet, principal, accountName, reason }) => ({
        name: `${action === "create" ? "missing" : "too many"}: ${permissionSet} for ${principal.name} in ${accountName}`,
        reason: reason.text,
      })),
      ...permissionSets.map(({ action, name, changes }) => ({
        name: `permission set ${name}: ${action}`,
        reason: changes.join(", "),
      })),
    ];
    findings.push(finding("AccessDrift", what, { subjects }));
  }
  if (provisioning.length > 0) {
    const what = `${provisioning.length} roles are out of date: their permission set has changed.`;
    const subjects = provisioning.map(({ permissionSet, accountName, reason }) => ({
      name: `${permissionSet} in ${accountName}`,
      reason,
    }));
    findings.push(finding("RolesOutOfDate", what, { subjects }));
  }
  if (awaited.length > 0) {
    const what = `${awaited.length} groups or users that rules name are not in the identity store.`;
    const subjects = awaited.map(({ type, name }) => ({
      name: type === "GROUP" ? `group ${name}` : name,
      reason: "not in the identity store",
    }));
    findings.push(finding("PrincipalsNotArrived", what, { subjects }));
  }
  if (counts.foreign > 0) {
    const what = `${counts.foreign} assignments were not created by Landbridge and are not in the access policy.`;
    findings.push(finding("ForeignAccess", what));
  }
  return findings;
}
