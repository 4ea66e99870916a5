import { isFlowError } from "../errors.ts";
import { readLedger } from "../ledger/ledger-entry.ts";
import { ownAssignments } from "../ledger/own-assignments.ts";
import { planAccess } from "../plan/plan-access.ts";
import type { Plan } from "../plan/plan.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import { readDirectory } from "../policy/read-directory.ts";
import { policySelectors } from "../policy/selectors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { loadPolicy } from "../sync-access/load-policy.ts";
import { readInstanceSnapshot } from "../sync-access/read-instance-snapshot.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

type Needs = Pick<
  Ports,
  "objects" | "records" | "clock" | "directory" | "organization" | "identityCenter" | "identityStore"
> & { readonly settings: Settings };

/** How access differs from the access policy, by a plan that is not applied. */
export async function checkAccessDrift(ports: Needs): Promise<Inspection> {
  try {
    const plan = await makePlan(ports);
    const { creates, deletes, unchanged } = plan.counts;
    const permissionSets = plan.permissionSets.length;
    return checked(`${creates} missing, ${deletes} too many, ${unchanged} as they should be`, {
      findings: judge(plan),
      figures: { driftCount: creates + deletes + permissionSets + plan.provisioning.length },
    });
  } catch (error) {
    if (!isFlowError(error, "PolicyInvalid", "PolicyMissing")) throw error;
    return checked("the access policy is not usable", {
      findings: [finding("PolicyUnusable", error.message)],
    });
  }
}

async function makePlan({ settings, ...ports }: Needs): Promise<Plan> {
  const policy = await loadPolicy(settings, ports);
  const [directory, organization, instance, records] = await Promise.all([
    readDirectory(policy, ports),
    ports.organization.read({ tags: policySelectors(policy).needsTags }),
    readInstanceSnapshot(policy, ports),
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
