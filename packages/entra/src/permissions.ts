/** One need of Landbridge and the Graph application permissions that meet it, the narrowest first. */
export interface GraphPermission {
  /** Any one of these is enough. */
  readonly anyOf: readonly [string, ...string[]];
  /** What Landbridge does with it, to follow "to". */
  readonly reason: string;
}

/**
 * The Microsoft Graph application permissions that the app registration needs, with admin consent.
 * Source: the permissions table on the page of each operation in Microsoft's Graph v1.0 reference.
 */
export const GRAPH_PERMISSIONS = {
  writeApplications: {
    anyOf: ["Application.ReadWrite.OwnedBy", "Application.ReadWrite.All", "Directory.ReadWrite.All"],
    reason: "create the enterprise application and configure its single sign-on",
  },
  writeProvisioning: {
    // Application.ReadWrite.All is not on the synchronization pages: OwnedBy, which covers what we created, is.
    anyOf: ["Application.ReadWrite.OwnedBy", "Synchronization.ReadWrite.All"],
    reason: "create, configure and watch the provisioning job",
  },
  readApplications: {
    anyOf: [
      "Application.Read.All",
      "Application.ReadWrite.All",
      "Directory.Read.All",
      "Directory.ReadWrite.All",
    ],
    reason: "find the enterprise application and list who is assigned to it",
  },
  writeAssignments: {
    anyOf: ["AppRoleAssignment.ReadWrite.All"],
    reason: "assign groups and users to the enterprise application",
  },
  readGroups: {
    anyOf: [
      "GroupMember.Read.All",
      "Group.Read.All",
      "Group.ReadWrite.All",
      "Directory.Read.All",
      "Directory.ReadWrite.All",
    ],
    reason: "read the groups that the access policy names, and their members",
  },
  readUsers: {
    anyOf: ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    reason: "read the users that the access policy names and those in its groups",
  },
  readTenant: {
    anyOf: [
      "Organization.Read.All",
      "Organization.ReadWrite.All",
      "Directory.Read.All",
      "Directory.ReadWrite.All",
    ],
    reason: "read the tenant's name and licences",
  },
  readProvisioningLog: {
    anyOf: ["AuditLog.Read.All"],
    reason: "say why an object was not provisioned",
  },
  readDirectory: {
    // The provisioning log requires both; its page lists no narrower permission.
    anyOf: ["Directory.Read.All", "Directory.ReadWrite.All"],
    reason: "read the provisioning log, which needs it in addition to AuditLog.Read.All",
  },
} as const satisfies Record<string, GraphPermission>;

/** Needed in addition if a webhook is deployed; it requires reading, not writing (Graph: Create subscription). */
export const WATCH_GROUPS: GraphPermission = {
  anyOf: ["Group.Read.All"],
  reason: "be notified of changes of groups",
};

/** The {@link GRAPH_PERMISSIONS} that the granted ones do not cover, each as "permission, or …, to do something". */
export function missingPermissions(granted: readonly string[]): string[] {
  const needs: GraphPermission[] = Object.values(GRAPH_PERMISSIONS);
  return needs
    .filter(({ anyOf }) => !anyOf.some((permission) => granted.includes(permission)))
    .map(describePermission);
}

/** "Application.Read.All (or Directory.Read.All) to …" */
export function describePermission({ anyOf: [least, ...others], reason }: GraphPermission): string {
  return `${least}${others.length > 0 ? ` (or ${others.join(", ")})` : ""} to ${reason}`;
}
