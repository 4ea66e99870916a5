import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateGroupCommand, CreateUserCommand, IdentitystoreClient } from "@aws-sdk/client-identitystore";
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from "@aws-sdk/client-organizations";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { makeAws, tableDefinition } from "@landbridge/aws";
import { ACCOUNTS, type AwsWorld, GROUPS, NAMES, TAGS, USER } from "../aws-world.ts";

const region = "eu-central-1";

/** Moto answers at once and has no quotas: nothing needs to wait. */
const clock = { now: () => Date.now(), sleep: async () => undefined };

/** The company in moto's server at AWS_ENDPOINT_URL, which forgets everything before. */
export async function aMotoWorld(): Promise<AwsWorld> {
  const endpoint = process.env["AWS_ENDPOINT_URL"] ?? "";
  await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
  const config = { region };
  await new DynamoDBClient(config).send(new CreateTableCommand(tableDefinition(NAMES.table)));
  await new S3Client({ ...config, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: NAMES.bucket }),
  );
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: NAMES.secret }));
  const ports = makeAws({ ...config, clock, tableName: NAMES.table, bucketName: NAMES.bucket });
  const { Instances } = await new SSOAdminClient(config).send(new ListInstancesCommand());
  const { InstanceArn = "", IdentityStoreId = "" } = Instances?.[0] ?? {};
  const organization = await anOrganization();
  return {
    ports,
    clock,
    instance: {
      instanceArn: InstanceArn,
      identityStoreId: IdentityStoreId,
      ownerAccountId: organization.managementAccountId,
      region,
    },
    ...organization,
    ...(await people(IdentityStoreId)),
    secretName: NAMES.secret,
  };
}

async function anOrganization() {
  const client = new OrganizationsClient({ region });
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await client.send(new ListRootsCommand());
  const root = Roots?.[0]?.Id ?? "";
  const workloads = await client.send(
    new CreateOrganizationalUnitCommand({ ParentId: root, Name: "Workloads" }),
  );
  const production = await client.send(
    new CreateOrganizationalUnitCommand({
      ParentId: workloads.OrganizationalUnit?.Id,
      Name: "Production",
    }),
  );
  const accountIds: string[] = [];
  for (let index = 0; index < ACCOUNTS - 1; index += 1) {
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({ AccountName: `Production ${index}`, Email: `${index}@example.com` }),
    );
    const AccountId = CreateAccountStatus?.AccountId ?? "";
    const DestinationParentId = production.OrganizationalUnit?.Id;
    await client.send(new MoveAccountCommand({ AccountId, SourceParentId: root, DestinationParentId }));
    accountIds.push(AccountId);
  }
  const Tags = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }));
  await client.send(new TagResourceCommand({ ResourceId: accountIds[0], Tags }));
  return { accountIds, managementAccountId: Organization?.MasterAccountId ?? "" };
}

async function people(IdentityStoreId: string) {
  const client = new IdentitystoreClient({ region });
  const groupIds: string[] = [];
  for (let index = 0; index < GROUPS; index += 1) {
    const { GroupId } = await client.send(
      new CreateGroupCommand({ IdentityStoreId, DisplayName: `Group ${index}` }),
    );
    groupIds.push(GroupId ?? "");
  }
  const Name = { GivenName: "Ada", FamilyName: "Example" };
  const { UserId } = await client.send(
    new CreateUserCommand({ IdentityStoreId, UserName: USER, DisplayName: "Ada", Name }),
  );
  return { groupIds, userId: UserId ?? "" };
}
