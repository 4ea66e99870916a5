import type { Target } from "./grants.ts";
import type { Place } from "./place.ts";
import { nameOf } from "./place.ts";

export interface Names {
  readonly table: string;
  readonly bucket: string;
  readonly policyKey: string;
  readonly scimSecret: string;
  readonly taskKeySecret: string;
  readonly clientSecret: string;
  readonly signInRole: string;
  readonly bus: string;
}

export function namesAt(place: Place, policyKey: string): Names {
  const { prefix, stage, accountId, region } = place;
  return {
    table: `${prefix}records`,
    // Bucket names are shared by all accounts.
    bucket: `${prefix}${accountId}-${region}`,
    policyKey,
    scimSecret: `landbridge/${stage}/scim-token`,
    taskKeySecret: `landbridge/${stage}/task-key`,
    clientSecret: `landbridge/${stage}/graph-client-secret`,
    signInRole: `${prefix}sign-in`,
    bus: `${prefix}events`,
  };
}

/** ARNs of what grants are about. That of the key is only known once the key exists: see `functions.ts`. */
export function makeTargets(place: Place, names: Names): Record<Target, readonly string[]> {
  const { partition, region, accountId, identityStoreId, instanceArn, prefix } = place;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const bucket = `arn:${partition}:s3:::${names.bucket}`;
  const instanceId = instanceArn.split("/").at(-1) ?? "";
  // Secrets Manager appends a hyphen and six characters to the name.
  const secret = (name: string) => arn("secretsmanager", `secret:${name}-??????`);
  const lambda = (name: string) => arn("lambda", `function:${nameOf(place, name)}`);
  return {
    table: [arn("dynamodb", `table/${names.table}`)],
    bucket: [bucket],
    policy: [`${bucket}/${names.policyKey}`],
    proposals: [`${bucket}/policy/proposed/*`],
    scimToken: [secret(names.scimSecret)],
    taskKey: [secret(names.taskKeySecret)],
    clientSecret: [secret(names.clientSecret)],
    key: [],
    signInRole: [`arn:${partition}:iam::${accountId}:role/${names.signInRole}`],
    instance: [instanceArn],
    permissionSets: [`arn:${partition}:sso:::permissionSet/${instanceId}/*`],
    accounts: [`arn:${partition}:sso:::account/*`],
    identityStore: [
      `arn:${partition}:identitystore::${place.managementAccountId}:identitystore/${identityStoreId}`,
      `arn:${partition}:identitystore:::group/*`,
      `arn:${partition}:identitystore:::user/*`,
    ],
    organization: [
      `arn:${partition}:organizations::${place.managementAccountId}:account/*`,
      `arn:${partition}:organizations::${place.managementAccountId}:ou/*`,
      `arn:${partition}:organizations::${place.managementAccountId}:root/*`,
    ],
    stateMachines: [arn("states", `stateMachine:${prefix}*`)],
    executions: [arn("states", `execution:${prefix}*`)],
    drainChanges: [arn("states", `stateMachine:${prefix}drain-changes`)],
    syncAccess: [arn("states", `stateMachine:${prefix}sync-access`)],
    markFunction: [lambda("events/mark-changes")],
    keepFunction: [lambda("events/keep-subscriptions")],
    bus: [arn("events", `event-bus/${names.bus}`)],
    everything: ["*"],
  };
}
