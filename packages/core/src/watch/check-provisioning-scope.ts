import { readConnection } from "../connect/connection.ts";
import { principalsInScope } from "../connect/principals-in-scope.ts";
import type { DirectoryGroup, DirectorySnapshot } from "../model/directory.ts";
import type { BoundPrincipal } from "../policy/bound-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { readDirectory } from "../policy/read-directory.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { loadPolicy } from "../sync-access/load-policy.ts";
import { type Finding, type FindingCode, type FindingSubject, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

type Needs = Pick<Ports, "records" | "objects" | "directory" | "applications">;

/** Groups and users that a rule names but Entra cannot currently provision. */
export async function checkProvisioningScope({
  settings,
  ...ports
}: Needs & { readonly settings: Pick<Settings, "policyKey"> }): Promise<Inspection> {
  const { application } = await readConnection(ports.records);
  if (!application) return notApplicable("no enterprise application yet");
  const policy = await loadPolicy(settings, ports);
  const directory = await readDirectory(policy, ports);
  const assignments = await ports.applications.listAssignments(application);
  const assigned = new Set(assignments.map(({ principalId }) => principalId));
  const principals = principalsInScope(policy, directory);
  return checked(`${principals.length} groups and users that the policy is for`, {
    findings: judgeScope({ policy, directory, assigned, principals }),
  });
}

interface ScopeFacts {
  readonly policy: Pick<AccessPolicy, "rules">;
  readonly directory: DirectorySnapshot;
  /** Object ids of who is assigned to the enterprise application. */
  readonly assigned: ReadonlySet<string>;
  readonly principals: readonly BoundPrincipal[];
}

/** Pure. Each principal appears in at most one finding, the one to fix first. */
function judgeScope({ policy, directory, assigned, principals }: ScopeFacts): Finding[] {
  const groups = new Map(directory.groups.map((group) => [group.id, group]));
  const outer = outerGroups(directory.groups);
  const insecure: FindingSubject[] = [];
  const nested: FindingSubject[] = [];
  const unassigned: FindingSubject[] = [];
  for (const { directoryId, type, name } of principals) {
    const label = type === "GROUP" ? `group ${name}` : name;
    if (groups.get(directoryId)?.securityEnabled === false) {
      insecure.push({ name: label, reason: "not security-enabled" });
    } else if (!assigned.has(directoryId)) {
      const through = (outer.get(directoryId) ?? []).find(({ id }) => assigned.has(id));
      if (through)
        nested.push({ name: label, reason: `nested in ${through.displayName}, which is assigned` });
      else unassigned.push({ name: label, reason: "not assigned to the enterprise application" });
    }
  }
  return [
    ...about("GroupsNotSecurityEnabled", insecure, "of the access policy are not security-enabled"),
    ...about("GroupsNestedOnly", nested, "of the access policy are in scope only as nested groups"),
    ...about("PrincipalsNotAssigned", unassigned, "of the access policy are not assigned to the application"),
    ...about(
      "NestedMembersLeftOut",
      leftOut(policy, directory.groups),
      "of the access policy contain groups",
    ),
  ];
}

function about(code: FindingCode, subjects: readonly FindingSubject[], what: string): Finding[] {
  if (subjects.length === 0) return [];
  return [finding(code, `${subjects.length} groups or users ${what}.`, { subjects })];
}

/** The groups that contain a group directly. */
function outerGroups(groups: readonly DirectoryGroup[]): Map<string, DirectoryGroup[]> {
  const outer = new Map<string, DirectoryGroup[]>();
  for (const group of groups)
    for (const id of group.memberGroupIds) outer.set(id, [...(outer.get(id) ?? []), group]);
  return outer;
}

/** Groups of rules that do not expand, with groups in them. */
function leftOut(
  { rules }: Pick<AccessPolicy, "rules">,
  groups: readonly DirectoryGroup[],
): FindingSubject[] {
  const named = new Set(rules.filter(({ nested }) => nested === "ignore").flatMap((rule) => rule.groups));
  return groups
    .filter(({ id, displayName }) => named.has(displayName) || named.has(id))
    .filter(({ memberGroupIds }) => memberGroupIds.length > 0)
    .map(({ displayName, memberGroupIds }) => ({
      name: `group ${displayName}`,
      reason: `${memberGroupIds.length} groups nested in it get nothing`,
    }));
}
