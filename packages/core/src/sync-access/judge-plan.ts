import { checkGuardrails, type GuardrailFacts, type GuardrailVerdict } from "../plan/check-guardrails.ts";
import { FlowError } from "../errors.ts";
import { countOwn } from "../ledger/ledger-entry.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { recentDeletions, reserveDeletions } from "./deletion-budget.ts";
import { readPause } from "./pause.ts";
import { readSnapshot } from "./snapshot.ts";

interface Judgement {
  readonly planKey: string;
  readonly planHash: string;
  /** A plan that is only looked at reserves nothing. */
  readonly mode: "plan" | "apply";
  /** Hash of the plan that somebody has approved; empty: none. */
  readonly approvedHash: string;
}

/**
 * Checks a kept plan against the guardrails, before anything is written. What may be carried out has its deletions reserved
 * in the budget of the day by the same check, so that two runs at the same time never spend it twice.
 */
export async function judgePlan(
  { planKey, planHash: hash, mode, approvedHash }: Judgement,
  { settings, ...ports }: Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings },
): Promise<GuardrailVerdict> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  if (planHash(plan) !== hash)
    throw new FlowError("StoredObjectChanged", `${planKey} is not the plan that was made`);
  const facts = await readGuardrailFacts(ports, hash);
  let judged = checkGuardrails(plan, settings, facts);
  const isApproved = approvedHash === hash;
  const count = plan.counts.deletes;
  if (mode === "plan" || count === 0 || (judged.verdict !== "go" && !isApproved)) return judged;
  const isWithin = (others: number) => {
    judged = checkGuardrails(plan, settings, { ...facts, recentDeletions: others });
    return judged.verdict === "go" || (judged.verdict === "hold" && isApproved);
  };
  await reserveDeletions({ hash, count }, isWithin, ports);
  return judged;
}

/** What a verdict depends on besides the plan and the limits. */
export async function readGuardrailFacts(
  ports: Pick<Ports, "records" | "clock">,
  hash: string,
): Promise<GuardrailFacts> {
  const [ledgered, deletions, pause] = await Promise.all([
    countOwn(ports),
    recentDeletions(ports, hash),
    readPause(ports),
  ]);
  return { ledgered, recentDeletions: deletions, pausedBecause: pause?.reason ?? null };
}
