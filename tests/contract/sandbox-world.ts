import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { makeAws, tableDefinition } from "@landbridge/aws";
import { makeInProcessHandler } from "@landbridge/cli/in-process";
import { contractLayer } from "@landbridge/contract-check";
import { createSandbox, DirectoryFile, makeVirtualClock, OrganizationFile } from "@landbridge/sandbox";
import { ACCOUNTS, type AwsWorld, GROUPS, NAMES, TAGS, USER } from "./aws-world.ts";

const region = "eu-central-1";

/** The company in the sandbox: in process, on a virtual clock, every exchange checked against AWS's models. */
export async function aSandboxWorld(): Promise<AwsWorld> {
  process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1";
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: organizationFile(),
    directory: DirectoryFile.parse({ tenant: { name: "Example" } }),
    clock,
    layers: [contractLayer("client")],
  });
  const requestHandler = makeInProcessHandler((request) => sandbox.fetch(request));
  const config = { region, requestHandler };
  await new DynamoDBClient(config).send(new CreateTableCommand(tableDefinition(NAMES.table)));
  await new S3Client({ ...config, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: NAMES.bucket }),
  );
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: NAMES.secret }));

  const { identityStore, organization } = sandbox.states;
  const name = { givenName: "Ada", familyName: "Example" };
  return {
    ports: makeAws({ ...config, clock, tableName: NAMES.table, bucketName: NAMES.bucket }),
    clock,
    instance: {
      instanceArn: sandbox.states.identityCenter.instanceArn,
      identityStoreId: identityStore.identityStoreId,
      ownerAccountId: organization.managementAccountId,
      region,
    },
    accountIds: [...organization.accounts.values()]
      .filter(({ name: account }) => account.startsWith("Production"))
      .map(({ id }) => id),
    managementAccountId: organization.managementAccountId,
    groupIds: Array.from(
      { length: GROUPS },
      (_, index) => identityStore.createGroup({ displayName: `Group ${index}` }).id,
    ),
    userId: identityStore.createUser({ userName: USER, displayName: "Ada", name, active: true }).id,
    secretName: NAMES.secret,
  };
}

function organizationFile(): OrganizationFile {
  const production = Array.from({ length: ACCOUNTS - 1 }, (_, index) => ({
    name: `Production ${index}`,
    ...(index === 0 && { tags: TAGS }),
  }));
  return OrganizationFile.parse({
    region,
    managementAccount: "Management",
    accounts: [{ name: "Management" }],
    units: [{ name: "Workloads", units: [{ name: "Production", accounts: production }] }],
  });
}
