import {
  DescribeInstanceCommand,
  paginateListInstances,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { FlowError, type Instance } from "@landbridge/core";
import { required } from "./required.ts";

interface Found {
  readonly instance: Instance;
  readonly permissionSets: boolean | undefined;
}

/**
 * The organization instance that answers in this region. Account instances, which know no permission sets, are passed over
 * (DescribeInstance, `PermissionSetsEnabled`).
 * @throws {FlowError} InstanceNotFound, also in an additional region, where AWS takes no writes
 */
export async function readInstance(ssoAdmin: SSOAdminClient, region: string): Promise<Instance> {
  const found: Found[] = [];
  for await (const { Instances = [] } of paginateListInstances({ client: ssoAdmin }, {})) {
    for (const listed of Instances) {
      const instanceArn = required(listed.InstanceArn, "the ARN of an instance");
      const described = await ssoAdmin.send(new DescribeInstanceCommand({ InstanceArn: instanceArn }));
      if ((described.Status ?? listed.Status) !== "ACTIVE") continue;
      found.push({
        permissionSets: described.PermissionSetsEnabled,
        instance: {
          instanceArn,
          identityStoreId: required(listed.IdentityStoreId, `the identity store of ${instanceArn}`),
          ownerAccountId: required(listed.OwnerAccountId, `the owner of ${instanceArn}`),
          region: listed.PrimaryRegion ?? region,
        },
      });
    }
  }
  const { instance } =
    found.find(({ permissionSets }) => permissionSets === true) ??
    found.find(({ permissionSets }) => permissionSets === undefined) ??
    notFound(`${region} has no active organization instance with multi-account permissions`);
  if (instance.region === region) return instance;
  return notFound(`The instance's primary region is ${instance.region}; ${region} is only a replica`);
}

function notFound(said: string): never {
  throw new FlowError("InstanceNotFound", said);
}
