import { basename } from "node:path";
import { checkFresh, checkInstance, parseAccessPolicy, readPlanFile } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { readText } from "../read-text.ts";
import { type JudgedPlan, makePlan, readPolicy } from "./make-plan.ts";

/** What `apply` has in hand. */
export interface OpenedPlan extends JudgedPlan {
  /** Text of the policy to put in force first; null: that of the deployment stays. */
  readonly policyText: string | null;
  /** Whether the flow may do this plan only. */
  readonly isBinding: boolean;
}

interface Source {
  readonly planFile: string | undefined;
  readonly policyFile: string | undefined;
}

/**
 * Plans for a policy, or opens a plan file and plans again to see that it still fits.
 * @throws {FlowError} PlanFileInvalid, PlanFileUnknownVersion, PlanFileEdited, PlanForAnotherInstance, PlanStale
 */
export async function openPlan(
  { planFile, policyFile }: Source,
  deps: Deps,
  say: (text: string) => void,
): Promise<OpenedPlan> {
  if (planFile === undefined) {
    const policyText = policyFile === undefined ? null : await readText(policyFile);
    const policy = await readPolicy(policyFile, deps);
    return { ...(await makePlan(policy, deps, say)), policyText, isBinding: false };
  }
  const { plan, policy } = readPlanFile(await readText(planFile), basename(planFile));
  const { instanceArn } = await deps.identityCenter.readInstance();
  checkInstance(plan, instanceArn);
  const judged = await makePlan(
    policy === null ? await readPolicy(undefined, deps) : parseAccessPolicy(policy.text, policy.file),
    deps,
    say,
  );
  checkFresh(plan, judged.plan);
  return { ...judged, policyText: policy?.text ?? null, isBinding: true };
}
