import type { Ports } from "@landbridge/core";
import type { ClientOptions } from "./client-config.ts";
import {
  openExecutions,
  openFlowCallbacks,
  openIdentityCenter,
  openIdentityStore,
  openObjectStore,
  openOrganization,
  openRecordStore,
  openSecretStore,
  openTokenSupplier,
} from "./ports.ts";

export interface AwsOptions extends ClientOptions {
  /** The table of {@link tableDefinition}. */
  readonly tableName: string;
  readonly bucketName: string;
  /** ARN of every state machine up to the name of its flow. */
  readonly stateMachinePrefix?: string | undefined;
}

type AwsPorts = Pick<
  Ports,
  | "organization"
  | "identityCenter"
  | "identityStore"
  | "secrets"
  | "tokenSupplier"
  | "objects"
  | "records"
  | "callbacks"
  | "executions"
>;

/** All of core's ports on AWS at once, for callers to which neither size nor start-up time matters. */
export function makeAws(options: AwsOptions): AwsPorts {
  const { tableName, bucketName, stateMachinePrefix } = options;
  return {
    organization: openOrganization(options),
    identityCenter: openIdentityCenter(options),
    identityStore: openIdentityStore(options),
    secrets: openSecretStore(options),
    tokenSupplier: openTokenSupplier(options),
    objects: openObjectStore(options, bucketName),
    records: openRecordStore(options, tableName),
    callbacks: openFlowCallbacks(options),
    executions: openExecutions(options, stateMachinePrefix),
  };
}
