import type {
  Instance,
  InstanceAssignment,
  InstancePermissionSet,
  NamedPermissionSet,
  StorePrincipal,
} from "../model/instance.ts";
import type { PermissionSetSpec } from "../model/permission-set-spec.ts";

export interface AssignmentOperation {
  readonly requestId: string;
  readonly status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
  readonly failureReason: string | null;
}

export type AssignmentAction = "create" | "delete";

/** Proves the right to write. It is called before each of several writes; an error ends them. */
export type Prove = () => Promise<void>;

/** One `ProvisionPermissionSet`: the roles of a set in one account, or in all that have it. */
export type ProvisioningOperation = AssignmentOperation;

/**
 * What the flows need from IAM Identity Center (`sso-admin`). Every method @throws {FlowError} Throttled, AccessDenied.
 */
export interface IdentityCenter {
  /** The organization instance of this region. @throws {FlowError} InstanceNotFound */
  readInstance(): Promise<Instance>;
  /** Names only: one call for each set and one for each hundred. */
  listPermissionSets(instance: Instance): Promise<NamedPermissionSet[]>;
  /** `tagsOf`: names of the sets whose tags are also read, one call each; the others' tags are null. */
  readPermissionSets(
    instance: Instance,
    options?: { readonly tagsOf: ReadonlySet<string> },
  ): Promise<InstancePermissionSet[]>;
  /** ARNs only: a call for each hundred sets. */
  listPermissionSetArns(instance: Instance): Promise<string[]>;
  /** One set, null if it is gone: five calls, and one for the tags of a set that `tagsOf` names. */
  readPermissionSet(
    instance: Instance,
    permissionSetArn: string,
    options?: { readonly tagsOf: ReadonlySet<string> },
  ): Promise<InstancePermissionSet | null>;
  /** Creates it with everything the spec says, in several writes; returns its ARN. */
  createPermissionSet(
    instance: Instance,
    name: string,
    spec: PermissionSetSpec,
    prove?: Prove,
  ): Promise<string>;
  /**
   * Updates an existing set to the spec, in several writes; changes only what differs from `current`, and no tags if the spec
   * has none.
   */
  updatePermissionSet(
    instance: Instance,
    current: InstancePermissionSet,
    spec: PermissionSetSpec,
    prove?: Prove,
  ): Promise<void>;
  /** Does nothing if it is already gone. @throws {FlowError} ConflictingOperation while an account has it */
  deletePermissionSet(instance: Instance, permissionSetArn: string): Promise<void>;
  /**
   * Accounts whose role of the set is older than the set: a call for each hundred of them, at least one
   * (`ListAccountsForProvisionedPermissionSet`, `LATEST_PERMISSION_SET_NOT_PROVISIONED`).
   */
  listOutdatedAccounts(instance: Instance, permissionSetArn: string): Promise<string[]>;
  /**
   * Starts to update the set's role in one account, or, for null, in all accounts that have it, at most 3,500; if one
   * of them fails, the whole request fails.
   * @throws {FlowError} Throttled while three are in progress ("Quotas"), ConflictingOperation
   */
  startProvisioning(
    instance: Instance,
    permissionSetArn: string,
    accountId: string | null,
  ): Promise<ProvisioningOperation>;
  describeProvisioning(instance: Instance, requestId: string): Promise<ProvisioningOperation>;
  /** Every assignment of one permission set in all accounts that have it. */
  readAssignments(instance: Instance, permissionSetArn: string): Promise<InstanceAssignment[]>;
  /** Every assignment of one permission set in one account: a call for each hundred; none where either is gone. */
  readAssignmentsAt(
    instance: Instance,
    accountId: string,
    permissionSetArn: string,
  ): Promise<InstanceAssignment[]>;
  /** Accounts that have a role of the set: a call for each hundred of them, at least one. */
  listAccountsWith(instance: Instance, permissionSetArn: string): Promise<string[]>;
  /** ARNs of the sets that an account has roles of; none in an account that the instance does not know. */
  listPermissionSetsIn(instance: Instance, accountId: string): Promise<string[]>;
  /**
   * Every assignment that one group or user has itself, in all accounts: a call for each hundred of them.
   * @throws {FlowError} AccessDenied outside the management account (`ListAccountAssignmentsForPrincipal`)
   */
  readAssignmentsOf(
    instance: Instance,
    principal: Pick<StorePrincipal, "type" | "principalId">,
  ): Promise<InstanceAssignment[]>;
  /**
   * Starts one asynchronous operation. AWS has no idempotency token: read first.
   * @throws {FlowError} ConflictingOperation, NotPropagatedYet (principal not visible yet), Throttled
   */
  startAssignment(
    action: AssignmentAction,
    instance: Instance,
    assignment: InstanceAssignment,
  ): Promise<AssignmentOperation>;
  /** Request ids of all operations in that state, newest first (`List…CreationStatus`, `…DeletionStatus`). */
  listAssignmentOperations(
    action: AssignmentAction,
    instance: Instance,
    status: AssignmentOperation["status"],
  ): Promise<string[]>;
  describeAssignmentOperation(
    action: AssignmentAction,
    instance: Instance,
    requestId: string,
  ): Promise<AssignmentOperation>;
}
