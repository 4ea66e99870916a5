import * as z from "zod";
import type { Operations } from "../aws-json/operation.ts";
import { findForChange, findPermissionSet, makeDefine, pageOf } from "./define.ts";
import { conflict, notFound, quotaExceeded } from "./errors.ts";
import {
  ManagedPolicyArn,
  permissionSet,
  PermissionSetPage,
  PermissionSetRequest,
  PolicyReference,
} from "./inputs.ts";
import type { PermissionSet, PolicyReference as Reference } from "./permission-set.ts";
import { QUOTAS } from "./quotas.ts";
import type { IdentityCenterState } from "./state.ts";

const ManagedPolicyRequest = z.strictObject({ ...permissionSet, ManagedPolicyArn });
const CustomerPolicyRequest = z.strictObject({
  ...permissionSet,
  CustomerManagedPolicyReference: PolicyReference,
});

/** Managed policies of a permission set: AWS's own, and references to the customer's in each account. */
export function makePolicyOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);
  return {
    AttachManagedPolicyToPermissionSet: define(ManagedPolicyRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      if (set.managedPolicyArns.includes(input.ManagedPolicyArn)) {
        throw conflict(`Managed policy with arn ${input.ManagedPolicyArn} is already attached.`);
      }
      checkPolicyCount(set);
      set.managedPolicyArns.push(input.ManagedPolicyArn);
      set.revision += 1;
    }),
    DetachManagedPolicyFromPermissionSet: define(ManagedPolicyRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      const rest = set.managedPolicyArns.filter((arn) => arn !== input.ManagedPolicyArn);
      if (rest.length === set.managedPolicyArns.length) {
        throw notFound(`Managed policy with arn ${input.ManagedPolicyArn} is not attached.`);
      }
      set.managedPolicyArns = rest;
      set.revision += 1;
    }),
    ListManagedPoliciesInPermissionSet: define(PermissionSetPage, (input, call) => {
      const { items, next } = pageOf(
        findPermissionSet(state, input.PermissionSetArn).managedPolicyArns,
        input,
        call,
      );
      const policies = items.map((arn) => ({ Name: arn.slice(arn.lastIndexOf("/") + 1), Arn: arn }));
      return { AttachedManagedPolicies: policies, ...next };
    }),
    AttachCustomerManagedPolicyReferenceToPermissionSet: define(CustomerPolicyRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      const reference = input.CustomerManagedPolicyReference;
      if (set.customerPolicies.some((other) => isSame(other, reference))) {
        throw conflict(`Customer managed policy ${reference.Path}${reference.Name} is already attached.`);
      }
      checkPolicyCount(set);
      set.customerPolicies.push(reference);
      set.revision += 1;
    }),
    DetachCustomerManagedPolicyReferenceFromPermissionSet: define(CustomerPolicyRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      const reference = input.CustomerManagedPolicyReference;
      const rest = set.customerPolicies.filter((other) => !isSame(other, reference));
      if (rest.length === set.customerPolicies.length) {
        throw notFound(`Customer managed policy ${reference.Path}${reference.Name} is not attached.`);
      }
      set.customerPolicies = rest;
      set.revision += 1;
    }),
    ListCustomerManagedPolicyReferencesInPermissionSet: define(PermissionSetPage, (input, call) => {
      const { items, next } = pageOf(
        findPermissionSet(state, input.PermissionSetArn).customerPolicies,
        input,
        call,
      );
      return { CustomerManagedPolicyReferences: items, ...next };
    }),
    ...makeBoundaryOperations(state),
  };
}

const Boundary = z.union([
  z.strictObject({ ManagedPolicyArn }),
  z.strictObject({ CustomerManagedPolicyReference: PolicyReference }),
]);

function makeBoundaryOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);
  return {
    PutPermissionsBoundaryToPermissionSet: define(
      z.strictObject({ ...permissionSet, PermissionsBoundary: Boundary }),
      (input, call) => {
        const set = findForChange(state, input.PermissionSetArn, call);
        set.boundary = input.PermissionsBoundary;
        set.revision += 1;
      },
    ),
    GetPermissionsBoundaryForPermissionSet: define(PermissionSetRequest, (input) => {
      const { boundary } = findPermissionSet(state, input.PermissionSetArn);
      if (boundary === null) throw boundaryNotFound(input.PermissionSetArn);
      return { PermissionsBoundary: boundary };
    }),
    DeletePermissionsBoundaryFromPermissionSet: define(PermissionSetRequest, (input, call) => {
      const set = findForChange(state, input.PermissionSetArn, call);
      if (set.boundary === null) throw boundaryNotFound(set.arn);
      set.boundary = null;
      set.revision += 1;
    }),
  };
}

function checkPolicyCount(set: PermissionSet): void {
  const limit = QUOTAS.managedPoliciesPerPermissionSet;
  if (set.managedPolicyArns.length + set.customerPolicies.length >= limit) {
    throw quotaExceeded(`The permission set has ${limit} managed policies already.`);
  }
}

function isSame(one: Reference, other: Reference): boolean {
  return one.Name === other.Name && one.Path === other.Path;
}

function boundaryNotFound(arn: string): Error {
  return notFound(`PermissionsBoundary for PermissionSet ${arn} not found.`);
}
