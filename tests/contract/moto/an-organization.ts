import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from "@aws-sdk/client-organizations";
import { ACTIVE_ACCOUNTS, type AwsWorld, TAGS } from "../aws-world.ts";
import type { ClientConfig } from "../prepare-account.ts";

type Accounts = Pick<AwsWorld, "accountIds" | "suspendedAccountId" | "managementAccountId">;

/** Makes the organization over the wire. */
export async function anOrganization(config: ClientConfig): Promise<Accounts> {
  const client = new OrganizationsClient(config);
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await client.send(new ListRootsCommand());
  const root = Roots?.[0]?.Id ?? "";
  const workloads = await aUnit(client, "Workloads", root);
  const production = await aUnit(client, "Production", workloads);

  async function anAccount(AccountName: string, Email: string): Promise<string> {
    const created = await client.send(new CreateAccountCommand({ AccountName, Email }));
    const AccountId = created.CreateAccountStatus?.AccountId ?? "";
    await client.send(
      new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId: production }),
    );
    return AccountId;
  }

  const accountIds: string[] = [];
  for (let index = 0; index < ACTIVE_ACCOUNTS; index += 1) {
    accountIds.push(await anAccount(`Production ${index}`, `${index}@example.com`));
  }
  const suspendedAccountId = await anAccount("Closed", "closed@example.com");
  await client.send(new CloseAccountCommand({ AccountId: suspendedAccountId }));
  const Tags = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }));
  await client.send(new TagResourceCommand({ ResourceId: accountIds[0], Tags }));
  return { accountIds, suspendedAccountId, managementAccountId: Organization?.MasterAccountId ?? "" };
}

async function aUnit(client: OrganizationsClient, Name: string, ParentId: string): Promise<string> {
  const { OrganizationalUnit } = await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
  return OrganizationalUnit?.Id ?? "";
}
