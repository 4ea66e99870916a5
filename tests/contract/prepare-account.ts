import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { tableDefinition } from "@landbridge/aws";
import { type AwsWorld, NAMES } from "./aws-world.ts";

export type ClientConfig = Pick<S3ClientConfig, "region" | "credentials" | "endpoint" | "requestHandler">;

/** Creates table, bucket and secret, as a deployment would. */
export async function prepareAccount(
  config: ClientConfig,
): Promise<Pick<AwsWorld, "secretName" | "secretAt">> {
  await new DynamoDBClient(config).send(new CreateTableCommand(tableDefinition(NAMES.table)));
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const Bucket = NAMES.bucket;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  const secrets = new SecretsManagerClient(config);
  await secrets.send(new CreateSecretCommand({ Name: NAMES.secret }));
  return {
    secretName: NAMES.secret,
    async secretAt(stage) {
      const get = new GetSecretValueCommand({ SecretId: NAMES.secret, VersionStage: stage });
      return (await secrets.send(get)).SecretString;
    },
  };
}
