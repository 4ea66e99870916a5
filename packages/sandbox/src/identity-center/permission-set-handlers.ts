import { z } from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { defineFree, findPermissionSet, makeDefine, pageOf } from "./define.ts";
import { conflict, quotaExceeded } from "./errors.ts";
import { CreatePermissionSet, instance, page, PermissionSetRequest, UpdatePermissionSet } from "./inputs.ts";
import type { PermissionSet } from "./permission-set.ts";
import { QUOTAS } from "./quotas.ts";
import type { IdentityCenterState } from "./state.ts";

/** The instance, and permission sets without their policies. */
export function makePermissionSetOperations(state: IdentityCenterState, region: string): Operations {
  const define = makeDefine(state);
  return {
    ListInstances: defineFree(z.strictObject(page), (input) => {
      const { items, next } = pageOf([describeInstance(state)], input);
      return {
        Instances: items.map((item) => ({
          ...item,
          PrimaryRegion: region,
          Regions: [describeRegion(state, region)],
        })),
        ...next,
      };
    }),
    DescribeInstance: define(z.strictObject(instance), () => ({
      ...describeInstance(state),
      PermissionSetsEnabled: true,
      EncryptionConfigurationDetails: { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "ENABLED" },
    })),
    CreatePermissionSet: define(CreatePermissionSet, (input) => {
      const sets = [...state.permissionSets.values()];
      if (sets.some(({ name }) => name === input.Name)) {
        throw conflict(`PermissionSet with name ${input.Name} already exists.`);
      }
      if (sets.length >= QUOTAS.permissionSets) {
        throw quotaExceeded(`The instance has ${QUOTAS.permissionSets} permission sets already.`);
      }
      const created = state.addPermissionSet({
        name: input.Name,
        description: input.Description ?? null,
        sessionDuration: input.SessionDuration ?? "PT1H",
        relayState: input.RelayState ?? null,
      });
      return { PermissionSet: describePermissionSet(created) };
    }),
    UpdatePermissionSet: define(UpdatePermissionSet, (input) => {
      const set = findPermissionSet(state, input.PermissionSetArn);
      set.description = input.Description ?? set.description;
      set.sessionDuration = input.SessionDuration ?? set.sessionDuration;
      set.relayState = input.RelayState ?? set.relayState;
      set.revision += 1;
    }),
    DescribePermissionSet: define(PermissionSetRequest, (input) => ({
      PermissionSet: describePermissionSet(findPermissionSet(state, input.PermissionSetArn)),
    })),
    ListPermissionSets: define(z.strictObject({ ...instance, ...page }), (input) => {
      const { items, next } = pageOf([...state.permissionSets.keys()], input);
      return { PermissionSets: items, ...next };
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

function describePermissionSet(set: PermissionSet) {
  return {
    Name: set.name,
    PermissionSetArn: set.arn,
    ...(set.description !== null && { Description: set.description }),
    CreatedDate: epochSeconds(set.createdAt),
    SessionDuration: set.sessionDuration,
    ...(set.relayState !== null && { RelayState: set.relayState }),
  };
}
