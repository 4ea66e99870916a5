import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";

/** An organization small enough to reason about: three active accounts, one suspended, one nested unit. */
export function smallOrganization(): OrganizationFile {
  return OrganizationFile.parse({
    managementAccount: "Management",
    accounts: [{ name: "Management" }],
    units: [
      {
        name: "Workloads",
        accounts: [{ name: "Closed", state: "SUSPENDED" }],
        units: [
          { name: "Production", accounts: [{ name: "Shop", tags: { env: "prod" } }, { name: "Billing" }] },
        ],
      },
      { name: "Sandbox", accounts: [{ name: "Playground" }] },
    ],
  });
}

function user(name: string, surname: string | null = "Example") {
  return { userPrincipalName: `${name}@small.example`, displayName: name, givenName: name, surname };
}

export function smallDirectory(): DirectoryFile {
  return DirectoryFile.parse({
    tenant: { name: "Small" },
    users: [user("ada"), user("bo"), user("cleo"), user("robot", null)],
    groups: [
      { name: "Engineers", users: ["ada@small.example", "robot@small.example"], groups: ["Interns"] },
      { name: "Interns", users: ["bo@small.example"] },
      { name: "Auditors", users: ["cleo@small.example"] },
    ],
  });
}

/** Engineers and, expanded, Interns: 2 groups x 3 accounts; Auditors in 2 accounts: 8 assignments. */
export const SMALL_POLICY = `version: 1
permissionSets:
  Builder: { sessionDuration: PT2H, awsManagedPolicies: [PowerUserAccess] }
  Look: { awsManagedPolicies: [ReadOnlyAccess] }
rules:
  - name: engineers build
    groups: [Engineers]
    nested: expand
    permissionSets: [Builder]
    targets: { ou: [Workloads, Sandbox] }
  - name: auditors look at production
    groups: [Auditors]
    permissionSets: [Look]
    targets: { ou: [Workloads/Production] }
`;

/** Without the user who never arrives, whom Entra would retry in each of a year's 13,000 cycles. */
export function arrivingDirectory(): DirectoryFile {
  const { tenant, users, groups } = smallDirectory();
  return DirectoryFile.parse({
    tenant,
    users: users.filter(({ userPrincipalName }) => arrives(userPrincipalName)),
    groups: groups.map((group) => ({ ...group, users: group.users.filter(arrives) })),
  });
}

function arrives(userPrincipalName: string): boolean {
  return !userPrincipalName.startsWith("robot@");
}
