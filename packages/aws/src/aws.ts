import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Ports } from "@landbridge/core";
import { type ClientOptions, makeClientConfig } from "./client-config.ts";
import { makeFlowCallbacks } from "./flow-callbacks.ts";
import { govern } from "./govern.ts";
import { makeIdentityCenter } from "./identity-center.ts";
import { makeIdentityStore } from "./identity-store.ts";
import { makeObjectStore } from "./object-store.ts";
import { makeOrganizationReader } from "./organization-reader.ts";
import { IDENTITY_CENTER_RATE, IDENTITY_STORE_RATES, ORGANIZATIONS_RATES } from "./quotas.ts";
import { limiterPerOperation, sharedLimiter } from "./rate-limiter.ts";
import { makeRecordStore } from "./record-store.ts";
import { makeSecretStore } from "./secret-store.ts";

export interface AwsOptions extends ClientOptions {
  /** The table of {@link tableDefinition}. */
  readonly tableName: string;
  readonly bucketName: string;
}

type AwsPorts = Pick<
  Ports,
  "organization" | "identityCenter" | "identityStore" | "secrets" | "objects" | "records" | "callbacks"
>;

/** Core's ports on AWS. Make them once a process: the rate limiters are theirs. */
export function makeAws(options: AwsOptions): AwsPorts {
  const { region, clock, tableName, bucketName } = options;
  const config = makeClientConfig(options);

  const ssoAdmin = govern(new SSOAdminClient(config), {
    service: "sso",
    limiterOf: sharedLimiter(clock, IDENTITY_CENTER_RATE),
  });
  const identityStore = govern(new IdentitystoreClient(config), {
    service: "identitystore",
    limiterOf: limiterPerOperation(clock, IDENTITY_STORE_RATES),
  });
  const organizations = govern(new OrganizationsClient(config), {
    service: "organizations",
    limiterOf: limiterPerOperation(clock, ORGANIZATIONS_RATES),
  });
  const s3 = govern(new S3Client({ ...config, forcePathStyle: hasCustomS3Endpoint() }), { service: "s3" });
  const dynamo = govern(new DynamoDBClient(config), { service: "dynamodb" });
  const documents = DynamoDBDocumentClient.from(dynamo, {
    marshallOptions: { removeUndefinedValues: true },
  });

  return {
    organization: makeOrganizationReader(organizations),
    identityCenter: makeIdentityCenter(ssoAdmin, { region, clock }),
    identityStore: makeIdentityStore(identityStore),
    secrets: makeSecretStore(govern(new SecretsManagerClient(config), { service: "secretsmanager" })),
    objects: makeObjectStore(s3, bucketName),
    records: makeRecordStore(documents, tableName),
    callbacks: makeFlowCallbacks(govern(new SFNClient(config), { service: "states" })),
  };
}

/** A loopback server has no sub-domain for each bucket. */
function hasCustomS3Endpoint(): boolean {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
  return Boolean(AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL);
}
