import * as z from "zod";
import type { Call, Operations } from "../aws-json/operation.ts";
import type { Assignment, AsyncOperation } from "./async-operations.ts";
import {
  checkAccount,
  findForChange,
  findPermissionSet,
  isFromManagementAccount,
  makeDefine,
  pageOf,
} from "./define.ts";
import { accessDenied, conflict, notFound, quotaExceeded, throttled } from "./errors.ts";
import { AccountId, instance, page, permissionSet, PrincipalId, PrincipalType } from "./inputs.ts";
import { describeAssignmentStatus } from "./operation-status.ts";
import { QUOTAS } from "./quotas.ts";
import type { IdentityCenterState } from "./state.ts";

const AssignmentRequest = z.strictObject({
  ...permissionSet,
  TargetId: AccountId,
  TargetType: z.literal("AWS_ACCOUNT"),
  PrincipalType,
  PrincipalId,
});

const ForPrincipal = z.strictObject({
  ...instance,
  PrincipalId,
  PrincipalType,
  Filter: z.strictObject({ AccountId: AccountId.optional() }).optional(),
  ...page,
});

/** Assignments: who has which permission set in which account. */
export function makeAssignmentOperations(state: IdentityCenterState): Operations {
  const define = makeDefine(state);
  return {
    CreateAccountAssignment: define(AssignmentRequest, (input, call) => {
      const assignment = readAssignment(state, input, call);
      checkPrincipal(state, input);
      checkOverlap(state, "create", assignment);
      if (countOutstanding(state) >= QUOTAS.outstandingAssignments) {
        throw quotaExceeded(
          `${QUOTAS.outstandingAssignments} assignment operations are in progress already.`,
        );
      }
      checkAccountQuotas(state, assignment);
      const operation = state.operations.start({ kind: "create", assignment }, [assignment.accountId]);
      return { AccountAssignmentCreationStatus: describeAssignmentStatus(operation) };
    }),
    /** Accepts an assignment whose principal is gone or never existed: AWS documents no error for either. */
    DeleteAccountAssignment: define(AssignmentRequest, (input, call) => {
      const assignment = readAssignment(state, input, call);
      checkOverlap(state, "delete", assignment);
      if (countOutstanding(state) >= QUOTAS.outstandingAssignments) {
        throw throttled(`${QUOTAS.outstandingAssignments} assignment operations are in progress already.`);
      }
      const operation = state.operations.start({ kind: "delete", assignment }, [assignment.accountId]);
      return { AccountAssignmentDeletionStatus: describeAssignmentStatus(operation) };
    }),
    ListAccountAssignments: define(
      z.strictObject({ ...permissionSet, AccountId, ...page }),
      (input, call) => {
        checkAccount(state, input.AccountId);
        findPermissionSet(state, input.PermissionSetArn);
        const { items, next } = pageOf(
          state.roles.assignmentsOf(input.AccountId, input.PermissionSetArn),
          input,
          call,
        );
        return { AccountAssignments: items.map(describeAssignment), ...next };
      },
    ),
    ListAccountAssignmentsForPrincipal: define(ForPrincipal, (input, call) => {
      if (!isFromManagementAccount(state, call)) {
        throw accessDenied("ListAccountAssignmentsForPrincipal is for the management account.");
      }
      checkPrincipal(state, input);
      const held = state.roles
        .assignments()
        .filter(({ accountId }) => accountId === (input.Filter?.AccountId ?? accountId))
        .filter((assignment) =>
          holds(state, { type: input.PrincipalType, id: input.PrincipalId }, assignment),
        );
      const { items, next } = pageOf(held, input, call);
      return { AccountAssignments: items.map(describeAssignment), ...next };
    }),
  };
}

/** Whether the principal has the assignment directly or, for a user, through a group. */
function holds(
  state: IdentityCenterState,
  principal: { type: "USER" | "GROUP"; id: string },
  { principalType, principalId }: Assignment,
): boolean {
  if (principalType === principal.type && principalId === principal.id) return true;
  return (
    principal.type === "USER" &&
    principalType === "GROUP" &&
    state.identityStore.isMember(principalId, principal.id)
  );
}

function checkPrincipal(
  state: IdentityCenterState,
  { PrincipalType: type, PrincipalId: id }: { PrincipalType: "USER" | "GROUP"; PrincipalId: string },
): void {
  if (!state.identityStore.hasPropagated(type, id)) throw notFound(`${type} with id ${id} not found.`);
}

function readAssignment(
  state: IdentityCenterState,
  input: z.infer<typeof AssignmentRequest>,
  call: Call,
): Assignment {
  checkAccount(state, input.TargetId);
  const { managementAccountId } = state.organization;
  if (input.TargetId === managementAccountId && !isFromManagementAccount(state, call)) {
    throw accessDenied("Only the management account may assign access to itself.");
  }
  return {
    accountId: input.TargetId,
    permissionSetArn: findForChange(state, input.PermissionSetArn, call).arn,
    principalType: input.PrincipalType,
    principalId: input.PrincipalId,
  };
}

/** AWS refuses a grant while the revocation of the same assignment runs, and the reverse. */
function checkOverlap(state: IdentityCenterState, kind: "create" | "delete", assignment: Assignment): void {
  const overlaps = state.operations
    .open()
    .some(
      ({ work }) => work.kind !== "provision" && work.kind !== kind && isSame(work.assignment, assignment),
    );
  if (overlaps) throw conflict("A conflicting operation on the same assignment is in progress.");
}

function countOutstanding(state: IdentityCenterState): number {
  return state.operations.open().filter(({ work }) => work.kind !== "provision").length;
}

function checkAccountQuotas(state: IdentityCenterState, assignment: Assignment): void {
  const { accountId, permissionSetArn } = assignment;
  const sets = new Set(state.roles.permissionSetsIn(accountId));
  if (!sets.has(permissionSetArn) && sets.size >= QUOTAS.permissionSetsPerAccount) {
    throw quotaExceeded(`The account has ${QUOTAS.permissionSetsPerAccount} permission sets already.`);
  }
  if (assignment.principalType === "USER") return;
  const pending = state.operations.open().flatMap((operation) => pendingCreation(operation));
  const groups = [...state.roles.assignmentsOf(accountId, permissionSetArn), ...pending].filter(
    (other) =>
      other.accountId === accountId &&
      other.permissionSetArn === permissionSetArn &&
      other.principalType === "GROUP",
  );
  const ids = new Set(groups.map(({ principalId }) => principalId)).add(assignment.principalId);
  const limit = QUOTAS.groupsPerPermissionSetAndAccount;
  if (ids.size > limit)
    throw quotaExceeded(`The permission set has ${limit} groups in this account already.`);
}

function pendingCreation({ work }: AsyncOperation): Assignment[] {
  return work.kind === "create" ? [work.assignment] : [];
}

function isSame(one: Assignment, other: Assignment): boolean {
  return (
    one.accountId === other.accountId &&
    one.permissionSetArn === other.permissionSetArn &&
    one.principalType === other.principalType &&
    one.principalId === other.principalId
  );
}

function describeAssignment(assignment: Assignment) {
  return {
    AccountId: assignment.accountId,
    PermissionSetArn: assignment.permissionSetArn,
    PrincipalType: assignment.principalType,
    PrincipalId: assignment.principalId,
  };
}
