import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type {
  Executions,
  FlowCallbacks,
  IdentityCenter,
  IdentityStore,
  ObjectStore,
  OrganizationReader,
  RecordStore,
  SecretStore,
  TokenSealer,
  TokenSupplier,
} from "@landbridge/core";
import { type ClientOptions, makeClientConfig, makeS3Config } from "./client-config.ts";
import { makeExecutions } from "./executions.ts";
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
import { makeTokenSealer } from "./token-sealer.ts";
import { makeTokenSupplier } from "./token-supplier.ts";

// Each opens one of core's ports on its own client: a bundle carries the clients of the ports that it opens, and no other.
// Open a port once a process: the rate limiter is its own.

export function openIdentityCenter(options: ClientOptions): IdentityCenter {
  const { region, clock } = options;
  const limiterOf = sharedLimiter(clock, IDENTITY_CENTER_RATE);
  const client = govern(new SSOAdminClient(makeClientConfig(options)), { service: "sso", limiterOf });
  return makeIdentityCenter(client, { region });
}

export function openIdentityStore(options: ClientOptions): IdentityStore {
  const limiterOf = limiterPerOperation(options.clock, IDENTITY_STORE_RATES);
  const client = new IdentitystoreClient(makeClientConfig(options));
  return makeIdentityStore(govern(client, { service: "identitystore", limiterOf }));
}

export function openOrganization(options: ClientOptions): OrganizationReader {
  const limiterOf = limiterPerOperation(options.clock, ORGANIZATIONS_RATES);
  const client = new OrganizationsClient(makeClientConfig(options));
  return makeOrganizationReader(govern(client, { service: "organizations", limiterOf }));
}

export function openObjectStore(options: ClientOptions, bucketName: string): ObjectStore {
  const client = new S3Client(makeS3Config(options));
  return makeObjectStore(govern(client, { service: "s3" }), bucketName);
}

/** @param tableName of a table as {@link tableDefinition} defines it */
export function openRecordStore(options: ClientOptions, tableName: string): RecordStore {
  const client = new DynamoDBClient(makeClientConfig(options));
  return makeRecordStore(govern(client, { service: "dynamodb" }), tableName);
}

export function openSecretStore(options: ClientOptions): SecretStore {
  const client = new SecretsManagerClient(makeClientConfig(options));
  return makeSecretStore(govern(client, { service: "secretsmanager" }));
}

export function openTokenSupplier(options: ClientOptions): TokenSupplier {
  const client = new SecretsManagerClient(makeClientConfig(options));
  return makeTokenSupplier(govern(client, { service: "secretsmanager" }));
}

/** @param keySecretName of the secret with the key: 32 bytes in base64 */
export function openTokenSealer(options: ClientOptions, keySecretName: string): TokenSealer {
  const client = new SecretsManagerClient(makeClientConfig(options));
  return makeTokenSealer(govern(client, { service: "secretsmanager" }), keySecretName);
}

export function openFlowCallbacks(options: ClientOptions): FlowCallbacks {
  return makeFlowCallbacks(govern(new SFNClient(makeClientConfig(options)), { service: "states" }));
}

/** @param stateMachinePrefix ARN of every state machine up to the name of its flow */
export function openExecutions(options: ClientOptions, stateMachinePrefix: string | undefined): Executions {
  const client = govern(new SFNClient(makeClientConfig(options)), { service: "states" });
  return makeExecutions(client, stateMachinePrefix);
}
