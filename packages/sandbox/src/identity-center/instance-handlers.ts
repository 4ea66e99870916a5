import * as z from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { defineFree, makeDefine, pageOf } from "./define.ts";
import { notFound } from "./errors.ts";
import { instance, page, RegionName } from "./inputs.ts";
import type { IdentityCenterState } from "./state.ts";

/** The organization instance and its one region. */
export function makeInstanceOperations(state: IdentityCenterState, region: string): Operations {
  const define = makeDefine(state);
  return {
    ListInstances: defineFree(z.strictObject(page), (input, call) => {
      const described = {
        ...describeInstance(state),
        PrimaryRegion: region,
        Regions: [describeRegion(state, region)],
      };
      const { items, next } = pageOf([described], input, call);
      return { Instances: items, ...next };
    }),
    DescribeInstance: define(z.strictObject(instance), () => ({
      ...describeInstance(state),
      PermissionSetsEnabled: true,
      EncryptionConfigurationDetails: { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "ENABLED" },
    })),
    ListRegions: define(z.strictObject({ ...instance, ...page }), (input, call) => {
      const { items, next } = pageOf([describeRegion(state, region)], input, call);
      return { Regions: items, ...next };
    }),
    DescribeRegion: define(z.strictObject({ ...instance, RegionName }), (input) => {
      if (input.RegionName !== region) throw notFound(`Region ${input.RegionName} is not enabled.`);
      return describeRegion(state, region);
    }),
  };
}

function describeInstance(state: IdentityCenterState) {
  return {
    InstanceArn: state.instanceArn,
    IdentityStoreId: state.identityStore.identityStoreId,
    OwnerAccountId: state.organization.managementAccountId,
    CreatedDate: epochSeconds(state.createdAt),
    Status: "ACTIVE",
  };
}

function describeRegion(state: IdentityCenterState, region: string) {
  const AddedDate = epochSeconds(state.createdAt);
  return { RegionName: region, Status: "ACTIVE", AddedDate, IsPrimaryRegion: true };
}
