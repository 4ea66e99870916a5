import type { Instance } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { bad, type Diagnosis, diagnose, good, skipped } from "./diagnosis.ts";
import type { DoctorProbes } from "./doctor-probes.ts";

type Needs = Pick<Ports, "identityCenter" | "identityStore" | "organization"> & {
  readonly settings: Pick<Settings, "region" | "manageManagementAccount">;
  readonly probes: Pick<DoctorProbes, "readCallerArn">;
};

/** What each check passes on to later ones; absent if it failed. */
interface Known {
  accountId?: string;
  instance?: Instance;
  organization?: Organization;
}

/** Defaults of IAM Identity Center ("Quotas"); Support can raise them. */
const QUOTAS = { "permission sets": 3_500, accounts: 7_000, users: 200_000, groups: 100_000 } as const;
const NEAR = 0.8;

/** Checks our identity in AWS, the instance's region, and what we may read of the instance and the organization. */
export async function diagnoseAccount(ports: Needs): Promise<Diagnosis[]> {
  const known: Known = {};
  return [
    ...(await diagnose("AWS", "identity", async () => {
      const arn = await ports.probes.readCallerArn();
      known.accountId = arn.split(":")[4] ?? "";
      return good(`${arn} in account ${known.accountId}`);
    })),
    ...(await diagnose("AWS", "instance and region", async () => {
      const instance = await ports.identityCenter.readInstance();
      known.instance = instance;
      if (instance.region === ports.settings.region)
        return good(`${instance.instanceArn} in ${instance.region}`);
      const what = `The instance is in ${instance.region}, this deployment in ${ports.settings.region}.`;
      return bad(
        "critical",
        what,
        `Deploy to ${instance.region}: IAM Identity Center accepts writes only there.`,
      );
    })),
    ...(await diagnose("AWS", "organization", async () => {
      const organization = await ports.organization.read({ tags: false });
      known.organization = organization;
      return good(`${organization.accounts.length} accounts in ${organization.units.length} units`);
    })),
    ...(await diagnose("AWS", "administration", async () => judgeAdministration(known, ports.settings))),
    ...(await diagnose("AWS", "quotas", () => readQuotas(known, ports))),
  ];
}

/** A delegated administrator has limits that no permission lifts ("Delegated administration"). */
function judgeAdministration(
  { accountId, organization }: Known,
  { manageManagementAccount }: Needs["settings"],
): ReturnType<typeof good> {
  if (accountId === undefined || !organization) return skipped("needs identity and organization");
  const { managementAccountId } = organization;
  if (accountId === managementAccountId) return good("this is the management account");
  if (manageManagementAccount) {
    const what = `LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT is set, but account ${accountId} is a delegated administrator and cannot change access to the management account ${managementAccountId}.`;
    return bad(
      "critical",
      what,
      "Unset LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT, or deploy to the management account.",
    );
  }
  const what = `Account ${accountId} is a delegated administrator: it cannot change access to the management account ${managementAccountId} nor permission sets that are provisioned there, and reads assignments the slower way.`;
  return bad("notice", what, "Nothing, as long as the management account's access is managed elsewhere.");
}

async function readQuotas({ instance, organization }: Known, { identityCenter, identityStore }: Needs) {
  if (!instance || !organization) return skipped("needs instance and organization");
  const permissionSets = await identityCenter.readPermissionSets(instance);
  const [groups, users] = await Promise.all([
    identityStore.listGroups(instance.identityStoreId),
    identityStore.listUsers(instance.identityStoreId),
  ]);
  const used: Readonly<Record<keyof typeof QUOTAS, number>> = {
    "permission sets": permissionSets.length,
    accounts: organization.accounts.length,
    users: users.length,
    groups: groups.length,
  };
  const names = Object.keys(QUOTAS) as (keyof typeof QUOTAS)[];
  const near = names.filter((name) => used[name] >= NEAR * QUOTAS[name]);
  const list = (some: typeof names) =>
    some.map((name) => `${used[name]} of ${QUOTAS[name]} ${name}`).join(", ");
  if (near.length === 0) return good(list(names));
  return bad(
    "warning",
    list(near),
    "Ask AWS Support for a higher quota (Service Quotas, IAM Identity Center).",
  );
}
