import * as z from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { findForChange, findPermissionSet, makeDefine, pageOf } from "./define.ts";
import { permissionSetOf } from "./async-operations.ts";
import { conflict, quotaExceeded } from "./errors.ts";
import { CreatePermissionSet, instance, page, PermissionSetRequest, UpdatePermissionSet } from "./inputs.ts";
import type { PermissionSet } from "./permission-set.ts";
import { QUOTAS } from "./quotas.ts";
import { checkTags, readTags } from "./tags.ts";
import type { IdentityCenterState } from "./state.ts";

/** Permission sets without their policies. */
export function makePermissionSetOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);
  return {
    CreatePermissionSet: define(CreatePermissionSet, (input) => {
      checkTags(input.Tags ?? []);
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
        tags: readTags(input.Tags ?? []),
      });
      return { PermissionSet: describePermissionSet(created) };
    }),
    UpdatePermissionSet: define(UpdatePermissionSet, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      set.description = input.Description ?? set.description;
      set.sessionDuration = input.SessionDuration ?? set.sessionDuration;
      set.relayState = input.RelayState ?? set.relayState;
      set.revision += 1;
    }),
    DeletePermissionSet: define(PermissionSetRequest, (input, call) => {
      const { arn } = findForChange(state, input.PermissionSetArn, call);
      const isChanging = state.operations.open().some(({ work }) => permissionSetOf(work) === arn);
      if (isChanging || state.roles.accountsWith(arn).length > 0) {
        throw conflict(`PermissionSet with id ${arn} is still provisioned in accounts.`);
      }
      state.permissionSets.delete(arn);
    }),
    DescribePermissionSet: define(PermissionSetRequest, (input) => ({
      PermissionSet: describePermissionSet(findPermissionSet(state, input.PermissionSetArn)),
    })),
    ListPermissionSets: define(z.strictObject({ ...instance, ...page }), (input, call) => {
      const { items, next } = pageOf([...state.permissionSets.keys()], input, call);
      return { PermissionSets: items, ...next };
    }),
  };
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
