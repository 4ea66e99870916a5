import type { DirectoryGroup, DirectoryUser } from "../src/model/directory.ts";
import type { Account, Organization } from "../src/model/organization.ts";
import type { AccessPolicy, AccessRule, PolicyGuardrails } from "../src/policy/policy.ts";
import type { PermissionSetSpec } from "../src/model/permission-set-spec.ts";

/** A small world for tests: names that a reader can follow, ids that look like the real ones. */

export const MANAGEMENT = "111111111111";
export const PAYMENTS = "222222222222";
export const SHOP = "333333333333";
export const LAB = "444444444444";
export const CLOSED = "555555555555";

const PRODUCTION_UNIT = "ou-r001-prod0000";

export function anAccount(id: string, name: string, more: Partial<Account> = {}): Account {
  return { id, name, email: `${id}@example.com`, state: "ACTIVE", parentId: "r-r001", tags: {}, ...more };
}

/** Root: Management, Closed (suspended). Workloads/Production: Payments, Shop. Workloads/Lab: Lab. */
export function anOrganization(more: Partial<Organization> = {}): Organization {
  return {
    rootId: "r-r001",
    managementAccountId: MANAGEMENT,
    units: [
      { id: "ou-r001-work0000", name: "Workloads", parentId: "r-r001", path: "Workloads" },
      { id: PRODUCTION_UNIT, name: "Production", parentId: "ou-r001-work0000", path: "Workloads/Production" },
      { id: "ou-r001-lab00000", name: "Lab", parentId: "ou-r001-work0000", path: "Workloads/Lab" },
    ],
    accounts: [
      anAccount(MANAGEMENT, "Management"),
      anAccount(PAYMENTS, "Payments", { parentId: PRODUCTION_UNIT, tags: { env: "prod", team: "money" } }),
      anAccount(SHOP, "Shop", { parentId: PRODUCTION_UNIT, tags: { env: "prod", team: "web" } }),
      anAccount(LAB, "Lab", { parentId: "ou-r001-lab00000", tags: { env: "lab" } }),
      anAccount(CLOSED, "Closed", { state: "SUSPENDED" }),
    ],
    ...more,
  };
}

/** `00000000-0000-4000-a000-000000000007` */
export function objectId(number: number): string {
  return `00000000-0000-4000-a000-${String(number).padStart(12, "0")}`;
}

export function aGroup(
  number: number,
  displayName: string,
  more: Partial<DirectoryGroup> = {},
): DirectoryGroup {
  return {
    id: objectId(number),
    displayName,
    securityEnabled: true,
    memberUserIds: [],
    memberGroupIds: [],
    ...more,
  };
}

export function aUser(number: number, userPrincipalName: string): DirectoryUser {
  return {
    id: objectId(number),
    userPrincipalName,
    displayName: userPrincipalName,
    givenName: "Given",
    surname: "Sur",
    accountEnabled: true,
  };
}

export function aSpec(more: Partial<PermissionSetSpec> = {}): PermissionSetSpec {
  return {
    description: null,
    sessionDuration: "PT1H",
    relayState: null,
    awsManagedPolicies: [],
    customerManagedPolicies: [],
    inlinePolicy: null,
    permissionsBoundary: null,
    tags: null,
    ...more,
  };
}

export const NO_GUARDRAILS: PolicyGuardrails = {
  maxDeletions: null,
  maxDeletionPercent: null,
  deletionsPerDay: null,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

type RuleInput = Partial<Omit<AccessRule, "targets" | "except">> & {
  readonly targets?: Partial<AccessRule["targets"]>;
  readonly except?: Partial<AccessRule["except"]>;
};

/** Rules are on lines 10, 20, 30 … of `access.yaml`. */
export function aPolicy(
  rules: readonly RuleInput[],
  permissionSets: AccessPolicy["permissionSets"] = { ReadOnly: aSpec(), Admin: aSpec() },
): AccessPolicy {
  const file = "access.yaml";
  const positions = Object.fromEntries(
    rules.map((_, index) => [`rules.${index}`, { file, line: 10 * (index + 1), column: 5 }]),
  );
  return {
    file,
    permissionSets,
    conventions: [],
    guardrails: NO_GUARDRAILS,
    positions,
    rules: rules.map((rule, index) => ({
      name: `rule ${index + 1}`,
      at: { file, line: 10 * (index + 1), column: 5 },
      expires: null,
      groups: [],
      users: [],
      nested: "ignore",
      permissionSets: ["ReadOnly"],
      ...rule,
      targets: { root: false, ou: [], accountTags: {}, accounts: [], ...rule.targets },
      except: {
        groups: [],
        users: [],
        permissionSets: [],
        root: false,
        ou: [],
        accountTags: {},
        accounts: [],
        ...rule.except,
      },
    })),
  };
}
