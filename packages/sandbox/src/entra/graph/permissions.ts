/** Every need must be met; a need is met by any one of its permissions. */
export type Needs = readonly (readonly string[])[];

const READ_DIRECTORY = ["Directory.Read.All", "Directory.ReadWrite.All"];
const READ_APPLICATIONS = ["Application.Read.All", "Application.ReadWrite.All", ...READ_DIRECTORY];
const WRITE_APPLICATIONS = [
  "Application.ReadWrite.OwnedBy",
  "Application.ReadWrite.All",
  "Directory.ReadWrite.All",
];
const WRITE_SYNCHRONIZATION = ["Application.ReadWrite.OwnedBy", "Synchronization.ReadWrite.All"];

/**
 * Application permissions by operation, from the permissions table on each page of the Graph v1.0 reference. The sandbox has
 * one client, which owns every application that it created: `OwnedBy` covers all of them.
 */
export const NEEDS = {
  nothing: [],
  readTenant: [["Organization.Read.All", "Organization.ReadWrite.All", ...READ_DIRECTORY]],
  readUsers: [["User.Read.All", "User.ReadWrite.All", ...READ_DIRECTORY]],
  readGroups: [["GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", ...READ_DIRECTORY]],
  readApplications: [["Application.ReadWrite.OwnedBy", ...READ_APPLICATIONS]],
  writeApplications: [WRITE_APPLICATIONS],
  readAssignments: [READ_APPLICATIONS],
  writeAssignments: [["AppRoleAssignment.ReadWrite.All"], READ_APPLICATIONS],
  deleteAssignments: [["AppRoleAssignment.ReadWrite.All"]],
  readPolicies: [["Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration"]],
  writePolicies: [["Policy.ReadWrite.ApplicationConfiguration"]],
  assignPolicies: [["Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration"], WRITE_APPLICATIONS],
  /** Reading is required, even of callers that may write ("Create subscription"). */
  watchGroups: [["Group.Read.All"]],
  watchUsers: [["User.Read.All"]],
  readSynchronization: [[...WRITE_SYNCHRONIZATION, "Synchronization.Read.All"]],
  writeSynchronization: [WRITE_SYNCHRONIZATION],
  readProvisioningLog: [["AuditLog.Read.All"], READ_DIRECTORY],
} as const satisfies Record<string, Needs>;

/** The least permissions that meet every need of a client that connects the tenant to AWS. */
export const DEFAULT_PERMISSIONS: readonly string[] = [
  "Application.ReadWrite.OwnedBy",
  "Application.Read.All",
  "AppRoleAssignment.ReadWrite.All",
  "GroupMember.Read.All",
  "User.Read.All",
  "Organization.Read.All",
  "AuditLog.Read.All",
  "Directory.Read.All",
];

export function areMet(needs: Needs, roles: readonly string[]): boolean {
  return needs.every((anyOf) => anyOf.some((permission) => roles.includes(permission)));
}
