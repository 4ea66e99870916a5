import type { PlanLineage } from "./hold.ts";
import { endHold, lineageOf, readHold } from "./hold.ts";
import { type SupersedePorts, supersedeHold } from "./supersede-hold.ts";

/**
 * Called after a run applied its plan: it no longer holds anything, and open approvals of other runs in the same scope
 * of the policy in force are out of date.
 */
export async function settleHolds(
  { policy, scope }: PlanLineage,
  executionArn: string,
  ports: SupersedePorts,
): Promise<void> {
  // If it was a proposal when it was held, it is in force now.
  await endHold(lineageOf({ policy: { ...policy, isProposal: true }, scope }), executionArn, ports);
  const lineage = lineageOf({ policy: { ...policy, isProposal: false }, scope });
  const hold = await readHold(lineage, ports);
  if (hold === null) return;
  await supersedeHold(hold.value, { executionArn }, ports);
  await endHold(lineage, hold.value.executionArn, ports);
}
