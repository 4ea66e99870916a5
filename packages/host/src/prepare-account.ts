import { randomBytes } from "node:crypto";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { tableDefinition } from "@landbridge/aws";
import { policyHash, recordPolicyVersion } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import type { LocalClient } from "./reach.ts";

/** What `infra/` creates in a real account: table, bucket, secrets. */
export async function prepareAccount(
  config: LocalClient,
  variables: Readonly<Record<string, string>>,
  { clientSecret }: { readonly clientSecret: string },
): Promise<void> {
  const dynamo = new DynamoDBClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const secrets = new SecretsManagerClient(config);
  const Bucket = variables["LANDBRIDGE_BUCKET"];
  try {
    await dynamo.send(new CreateTableCommand(tableDefinition(variables["LANDBRIDGE_TABLE"] ?? "")));
    await s3.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    await secrets.send(
      new CreateSecretCommand({
        Name: variables["LANDBRIDGE_CLIENT_SECRET_NAME"],
        SecretString: clientSecret,
      }),
    );
    await secrets.send(new CreateSecretCommand({ Name: "landbridge/scim-token" }));
    const taskKey = randomBytes(32).toString("base64");
    await secrets.send(new CreateSecretCommand({ Name: "landbridge/task-key", SecretString: taskKey }));
  } finally {
    dynamo.destroy();
    s3.destroy();
    secrets.destroy();
  }
}

/** Puts a policy in force without a run, and records its author. @returns its version */
export async function putPolicy(
  deps: Pick<Deps, "objects" | "records" | "clock" | "settings">,
  text: string,
  writer = "sandbox",
): Promise<string> {
  const versionId = await deps.objects.putText(deps.settings.policyKey, text);
  const version = { versionId, hash: policyHash(text), writers: [writer], executionArn: null };
  await recordPolicyVersion(version, deps);
  return versionId;
}
