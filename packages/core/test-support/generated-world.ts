import * as fc from "fast-check";
import type { DirectorySnapshot } from "../src/model/directory.ts";
import type { InstanceSnapshot, PrincipalType, StorePrincipal } from "../src/model/instance.ts";
import type { AccountState, Organization, OrganizationalUnit } from "../src/model/organization.ts";
import { anInstance } from "./sample-plan.ts";
import type { PermissionSetSpec } from "../src/model/permission-set-spec.ts";
import { aGroup, aUser, anAccount, objectId } from "./sample-world.ts";
import type { AdoptInput } from "../src/adopt/reachable-assignments.ts";

/** Worlds for properties of adoption: names are few, so that they clash, and some are unkind. */

const ROOT = "r-r001";
const UNIT_NAMES = ["Workloads", "Lab", " Lab", "Prod: east", "yes"];
const ACCOUNT_NAMES = ["Shop", "Shop ", "Payments", "Closed #1", "12345", "222222222222", "- dash", "a\nb"];
const TAG_KEYS = ["env", "team", "no", "aws:own"];
const TAG_VALUES = ["prod", "dev", "", "yes", "a: b"];
const GROUP_NAMES = [
  "Engineers",
  "engineers",
  "Engineers ",
  "no",
  "{x}",
  objectId(1),
  "2012-10-17",
  "# hash",
];
const USER_NAMES = ["ada@small.example", "Ada@small.example", "bo@small.example", "nobody"];
const SET_NAMES = ["ReadOnly", "Admin", "1.5", "null", "a,b"];
const STATES: readonly AccountState[] = [
  "ACTIVE",
  "ACTIVE",
  "ACTIVE",
  "ACTIVE",
  "SUSPENDED",
  "PENDING_CLOSURE",
];

const organization = fc
  .record({
    units: fc.array(fc.record({ name: fc.constantFrom(...UNIT_NAMES), parent: fc.nat(9) }), { maxLength: 7 }),
    accounts: fc.array(
      fc.record({
        name: fc.constantFrom(...ACCOUNT_NAMES),
        parent: fc.nat(9),
        state: fc.constantFrom(...STATES),
        tags: fc.dictionary(fc.constantFrom(...TAG_KEYS), fc.constantFrom(...TAG_VALUES), { maxKeys: 3 }),
      }),
      { minLength: 1, maxLength: 10 },
    ),
    management: fc.nat(9),
  })
  .map(({ units: seeds, accounts, management }): Organization => {
    const units: OrganizationalUnit[] = [];
    for (const [index, { name, parent }] of seeds.entries()) {
      const above = units[parent % (index + 1)];
      const path = above ? `${above.path}/${name}` : name;
      units.push({ id: `ou-r001-${index}`, name, parentId: above?.id ?? ROOT, path });
    }
    const made = accounts.map(({ name, parent, state, tags }, index) =>
      anAccount(String(100000000000 + index), name, {
        state,
        tags,
        parentId: units[parent % (units.length + 1)]?.id ?? ROOT,
      }),
    );
    return {
      rootId: ROOT,
      units,
      accounts: made,
      managementAccountId: made[management % made.length]?.id ?? "",
    };
  });

const directory = fc
  .record({
    groups: fc.array(fc.constantFrom(...GROUP_NAMES), { maxLength: 5 }),
    users: fc.array(fc.constantFrom(...USER_NAMES), { maxLength: 3 }),
  })
  .map(({ groups, users }): DirectorySnapshot => ({
    groups: groups.map((name, index) => aGroup(index + 1, name)),
    users: users.map((name, index) => aUser(index + 101, name)),
  }));

/** Object ids 6 and 104 do not exist in the directory. */
const principal = fc
  .record({
    type: fc.constantFrom<PrincipalType>("GROUP", "USER"),
    number: fc.integer({ min: 1, max: 6 }),
    scim: fc.constantFrom(true, true, true, false),
  })
  .map(({ type, number, scim }): StorePrincipal => {
    const id = type === "GROUP" ? number : 100 + number;
    return {
      type,
      principalId: `store-${id}${scim ? "" : "-byhand"}`,
      name: `name ${id}`,
      externalId: scim ? objectId(id) : null,
    };
  });

const spec = fc.record<PermissionSetSpec>({
  description: fc.constantFrom(null, "", "Looks: everywhere # now", "two\nlines"),
  sessionDuration: fc.constantFrom("PT1H", "PT60M", "PT2H30M"),
  relayState: fc.constantFrom(null, "https://console.aws.amazon.com/s3/"),
  awsManagedPolicies: fc.subarray([
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::aws:policy/job-function/Billing",
    "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess",
  ]),
  customerManagedPolicies: fc.subarray([
    { name: "baseline", path: "/" },
    { name: "baseline", path: "/team/" },
  ]),
  inlinePolicy: fc.constantFrom(
    null,
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":["*"]}]}',
    '{"Statement": [], "Version": "2012-10-17"}',
    "no policy",
  ),
  permissionsBoundary: fc.constantFrom(
    null,
    { awsManagedPolicy: "arn:aws:iam::aws:policy/PowerUserAccess" },
    { customerManagedPolicy: { name: "limit", path: "/team/" } },
  ),
  tags: fc.constantFrom(null, {}, { team: "money", "aws:made-by": "stack" }),
});

function arnOf(index: number): string {
  return `arn:aws:sso:::permissionSet/ssoins-0001/ps-${index}`;
}

export const world: fc.Arbitrary<AdoptInput> = fc
  .record({ organization, directory, manageManagementAccount: fc.boolean() })
  .chain(({ organization, directory, manageManagementAccount }) =>
    fc
      .record({
        specs: fc.array(spec, { maxLength: SET_NAMES.length }),
        principals: fc.uniqueArray(principal, {
          selector: ({ type, principalId }) => type + principalId,
          maxLength: 8,
        }),
        cells: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 60 }),
      })
      .map(({ specs, principals, cells }): AdoptInput => ({
        organization,
        directory,
        settings: { manageManagementAccount },
        instance: toInstance({ specs, principals, cells, organization }),
      })),
  );

function toInstance({
  specs,
  principals,
  cells,
  organization,
}: {
  readonly specs: readonly PermissionSetSpec[];
  readonly principals: readonly StorePrincipal[];
  readonly cells: readonly (readonly [number, number, number])[];
  readonly organization: Organization;
}): InstanceSnapshot {
  const accountIds = [...organization.accounts.map(({ id }) => id), "999999999999"];
  const assignments = new Map<string, InstanceSnapshot["assignments"][number]>();
  for (const [who, what, where] of cells) {
    const known = principals[who % Math.max(principals.length, 1)];
    const accountId = accountIds[where % accountIds.length];
    if (!known || specs.length === 0 || accountId === undefined) continue;
    const assignment = {
      accountId,
      permissionSetArn: arnOf(what % specs.length),
      principalType: known.type,
      principalId: known.principalId,
    };
    assignments.set(Object.values(assignment).join(), assignment);
  }
  return anInstance([], {
    permissionSets: specs.map((spec, index) => ({ arn: arnOf(index), name: SET_NAMES[index] ?? "", spec })),
    principals,
    assignments: [...assignments.values()],
  });
}
