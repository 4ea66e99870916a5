import type { Instance } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { Plan } from "../plan/plan.ts";
import { roleJudge } from "../plan/plan-provisioning.ts";
import type { Protection } from "../plan/protection.ts";
import type { Ports } from "../ports/ports.ts";
import type { WriteProof } from "../sync-access/write-proof.ts";
import { ProvisioningWorker } from "./provisioning-worker.ts";

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

/**
 * Updates the roles of the plan's permission sets in each account, whatever made them out of date: it reads the list of
 * accounts again. A failed role is not retried in this run, and never stops the others. Invoke again with the result while
 * some are left.
 * @throws what the proof throws, and the port when a list cannot be read for two minutes
 */
export async function provisionPermissionSets(
  { organization, earlier, ...input }: ProvisioningInput,
  {
    settings,
    ...ports
  }: Pick<Ports, "identityCenter" | "clock" | "events"> & {
    readonly settings: Protection;
  },
): Promise<ProvisioningOutcome> {
  const left = setsToProvision(input.proof.plan);
  const begun = earlier ?? { provisioned: 0, failed: [], left, running: [], singly: [] };
  // A run that changes nothing asks nothing.
  if (begun.left.length === 0) return begun;
  return new ProvisioningWorker(begun, { ...input, judge: roleJudge(organization, settings) }, ports).work();
}

/** Names of the sets that the plan updates, and of those with a role that is out of date. */
export function setsToProvision({
  permissionSets,
  provisioning,
}: Pick<Plan, "permissionSets" | "provisioning">): string[] {
  const updated = permissionSets.filter(({ action }) => action === "update").map(({ name }) => name);
  return [...new Set([...updated, ...provisioning.map(({ permissionSet }) => permissionSet)])];
}
