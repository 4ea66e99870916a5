import { randomBytes } from "node:crypto";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { tableDefinition } from "@landbridge/aws";
import type { LocalClient } from "./reach.ts";

/** What `infra/` creates in a real account: table, bucket, secrets; and the access policy, which a person puts there. */
export async function prepareAccount(
  config: LocalClient,
  variables: Readonly<Record<string, string>>,
  content: { readonly policy: string; readonly clientSecret: string },
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
    await s3.send(new PutObjectCommand({ Bucket, Key: "policy/access.yaml", Body: content.policy }));
    await secrets.send(
      new CreateSecretCommand({
        Name: variables["LANDBRIDGE_CLIENT_SECRET_NAME"],
        SecretString: content.clientSecret,
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
