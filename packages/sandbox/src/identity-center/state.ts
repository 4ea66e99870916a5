import { type AwsBehaviour, DEFAULT_AWS_BEHAVIOUR } from "../aws-json/aws-behaviour.ts";
import type { IdentityStoreState } from "../identity-store/state.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OrganizationState } from "../organizations/state.ts";
import { type Assignment, type AsyncOperation, AsyncOperations } from "./async-operations.ts";
import type { PermissionSet } from "./permission-set.ts";
import { RoleBook } from "./role-book.ts";
import type { Tags } from "./tags.ts";

/** A suspended account is retried for long before the operation fails (public reports: aws-sso-util issue 80). */
const MEAN_REFUSAL_MILLISECONDS = 30_000;

export interface IdentityCenterOptions {
  readonly kernel: Kernel;
  readonly organization: OrganizationState;
  readonly identityStore: IdentityStoreState;
  readonly behaviour?: Pick<AwsBehaviour, "roleUpdateMilliseconds">;
}

/** The organization instance of IAM Identity Center: permission sets, roles in accounts, assignments. */
export class IdentityCenterState {
  readonly instanceId: string;
  readonly instanceArn: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly organization: OrganizationState;
  readonly identityStore: IdentityStoreState;
  readonly permissionSets = new Map<string, PermissionSet>();
  readonly roles = new RoleBook();
  readonly operations: AsyncOperations;
  readonly #kernel: Kernel;

  /** Tags of the instance. */
  readonly tags: Tags = new Map();

  constructor(options: IdentityCenterOptions) {
    const { kernel, organization, identityStore, behaviour = DEFAULT_AWS_BEHAVIOUR } = options;
    this.instanceId = `ssoins-${kernel.random.hex(16)}`;
    this.instanceArn = `arn:aws:sso:::instance/${this.instanceId}`;
    this.createdAt = kernel.clock.now();
    this.organization = organization;
    this.identityStore = identityStore;
    this.operations = new AsyncOperations({
      clock: kernel.clock,
      random: kernel.random,
      drawMilliseconds: (accountId) =>
        this.#isActive(accountId)
          ? behaviour.roleUpdateMilliseconds(kernel.random)
          : kernel.random.latency(MEAN_REFUSAL_MILLISECONDS),
      finish: (operation) => this.#finish(operation),
    });
    this.#kernel = kernel;
  }

  /** Every assignment that is in force now. */
  assignments(): Assignment[] {
    this.operations.settle();
    return this.roles.assignments();
  }

  addPermissionSet(
    set: Pick<PermissionSet, "name" | "description" | "sessionDuration" | "relayState" | "tags">,
  ): PermissionSet {
    const created: PermissionSet = {
      ...set,
      arn: `arn:aws:sso:::permissionSet/${this.instanceId}/ps-${this.#kernel.random.hex(16)}`,
      createdAt: this.#kernel.clock.now(),
      managedPolicyArns: [],
      customerPolicies: [],
      inlinePolicy: null,
      boundary: null,
      revision: 1,
    };
    this.permissionSets.set(created.arn, created);
    return created;
  }

  #isActive(accountId: string): boolean {
    return this.organization.accounts.get(accountId)?.state === "ACTIVE";
  }

  #finish({ work, accountIds }: AsyncOperation): string | null {
    const unreachable = accountIds.find((accountId) => !this.#isActive(accountId));
    if (unreachable !== undefined) {
      // The known beginning of AWS's text (aws-identitycenter-codepipeline-auto-assignment, issue 31).
      return `AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account '${unreachable}' takes longer than usual.`;
    }
    if (work.kind === "provision") {
      for (const id of accountIds) this.roles.reprovision(id, work.permissionSetArn, work.revision);
      return null;
    }
    const { assignment } = work;
    if (work.kind === "delete") {
      this.roles.unassign(assignment);
      return null;
    }
    if (!this.identityStore.hasPrincipal(assignment.principalType, assignment.principalId)) {
      return `${assignment.principalType} with id ${assignment.principalId} does not exist.`;
    }
    const set = this.permissionSets.get(assignment.permissionSetArn);
    if (set === undefined)
      throw new Error(`${assignment.permissionSetArn} was deleted while it was assigned.`);
    this.roles.assign(assignment, set.revision);
    return null;
  }
}
