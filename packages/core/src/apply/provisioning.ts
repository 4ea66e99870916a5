import type { Instance } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";

/** A role that could not be updated. */
export interface RoleFailure {
  readonly permissionSet: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly reason: string;
}

/** A request to AWS that is followed. */
export interface RunningProvisioning {
  readonly requestId: string;
  readonly permissionSet: string;
  /** The accounts whose roles it updates; `isAll`: with one request for all accounts that have the set. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly isAll: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** The outcome of a plan's role updates, over all invocations; the next one continues from it. */
export interface ProvisioningOutcome {
  /** Roles that are up to date now. */
  readonly provisioned: number;
  readonly failed: readonly RoleFailure[];
  /** Names of permission sets whose roles are not settled. */
  readonly left: readonly string[];
  readonly running: readonly RunningProvisioning[];
  /** Names of permission sets for which one request for all accounts has failed. */
  readonly singly: readonly string[];
}

export interface ProvisioningInput {
  readonly proof: WriteProof;
  readonly instance: Instance;
  readonly organization: Organization;
  /** Name to ARN ({@link applyPermissionSets}). */
  readonly arns: Readonly<Record<string, string>>;
  /** The previous invocation's result; null at first. */
  readonly earlier: ProvisioningOutcome | null;
  /** Milliseconds since the epoch after which nothing new starts. */
  readonly deadline: number;
}
