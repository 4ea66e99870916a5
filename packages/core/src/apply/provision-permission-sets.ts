import type { ProvisioningInput, ProvisioningOutcome } from "./provisioning.ts";
import type { Plan } from "../plan/plan.ts";
import { roleJudge } from "../plan/plan-provisioning.ts";
import type { Protection } from "../plan/protection.ts";
import type { Ports } from "../ports/ports.ts";
import { ProvisioningWorker } from "./provisioning-worker.ts";

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
