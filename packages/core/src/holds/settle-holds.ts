import type { PlanLineage } from "./hold.ts";
import { endHold, lineageOf, readHold } from "./hold.ts";
import { type SupersedePorts, supersedeHold } from "./supersede-hold.ts";

/**
 * After a run that carried its plan out: it holds nothing any more, and whatever another run still asks about in the same scope
 * of the policy in force is no longer what would be done.
 */
export async function settleHolds(
  { policy, scope }: PlanLineage,
  executionArn: string,
  ports: SupersedePorts,
): Promise<void> {
  // Where it was a proposal when it was held, it is in force now.
  await endHold(lineageOf({ policy: { ...policy, isProposal: true }, scope }), executionArn, ports);
  const lineage = lineageOf({ policy: { ...policy, isProposal: false }, scope });
  const hold = await readHold(lineage, ports);
  if (hold === null) return;
  await supersedeHold(hold.value, { executionArn }, ports);
  await endHold(lineage, hold.value.executionArn, ports);
}
