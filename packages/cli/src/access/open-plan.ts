import { basename } from "node:path";
import { checkFresh, checkInstance, readPlanFile } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { readText } from "../read-text.ts";
import { choosePolicy, type ProposedPolicy, readPolicyFile } from "./choose-policy.ts";
import { type JudgedPlan, makePlan } from "./make-plan.ts";

/** The input of `apply`. */
export interface OpenedPlan extends JudgedPlan {
  /** The policy that takes effect with the plan; null: the plan is for the one in force. */
  readonly proposed: ProposedPolicy | null;
  /** Whether the flow may apply only this plan. */
  readonly isBinding: boolean;
}

export interface PlanSource {
  readonly planFile: string | undefined;
  readonly policyFile: string | undefined;
}

/**
 * Plans for a policy, or opens a plan file and plans again to see that it still fits.
 * @throws {FlowError} PlanFileInvalid, PlanFileUnknownVersion, PlanFileEdited, PlanForAnotherInstance, PlanStale
 */
export async function openPlan(
  { planFile, policyFile }: PlanSource,
  deps: Deps,
  say: (text: string) => void,
): Promise<OpenedPlan> {
  if (planFile === undefined) {
    const chosen = await choosePolicy(await readPolicyFile(policyFile), deps);
    return { ...(await makePlan(chosen, deps, say)), proposed: chosen.proposed, isBinding: false };
  }
  const { plan, policy } = readPlanFile(await readText(planFile), basename(planFile));
  const { instanceArn } = await deps.identityCenter.readInstance();
  checkInstance(plan, instanceArn);
  const chosen = await choosePolicy(policy, deps);
  const judged = await makePlan(chosen, deps, say);
  checkFresh(plan, judged.plan);
  return { ...judged, proposed: chosen.proposed, isBinding: true };
}
