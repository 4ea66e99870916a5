import { FlowError } from "../errors.ts";
import { checkGuardrails } from "../plan/check-guardrails.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import { readPinnedPolicy } from "../policy-versions/policy-ref.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { readGuardrailFacts } from "../sync-access/judge-plan.ts";
import type { PlanSummary } from "../sync-access/plan-changes.ts";
import { keepSnapshot, readSnapshot } from "../sync-access/snapshot.ts";
import type { HeldRun } from "./held-run.ts";
import { splitAdditions } from "./split-additions.ts";

type Needs = Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings };

/**
 * Makes a plan of a held plan's additions, if they may be applied alone. It splits nothing off if the rest would then
 * also pass the guardrails, since together they do not.
 * @returns null when nothing may go before the approval
 * @throws {FlowError} StoredObjectChanged
 */
export async function planAdditions(
  held: Pick<HeldRun, "planKey" | "planHash" | "policy" | "executionArn" | "begunPlans">,
  ports: Needs,
): Promise<PlanSummary | null> {
  const plan = await readSnapshot<Plan>(held.planKey, ports);
  if (planHash(plan) !== held.planHash) {
    throw new FlowError("StoredObjectChanged", `${held.planKey} is not the plan that is held`);
  }
  const split = splitAdditions(plan, await readPinnedPolicy(held.policy, ports));
  if (split === null) return null;
  const { additions, rest } = split;
  const facts = await readGuardrailFacts(ports, { ...held, plan });
  const verdictOf = (part: Plan) => checkGuardrails(part, ports.settings, facts).verdict;
  if (verdictOf(additions) !== "go" || verdictOf(rest) !== "hold") return null;
  const planKey = await keepSnapshot("plan", additions, ports);
  return { planKey, planHash: planHash(additions), counts: additions.counts };
}
