import { readLedger } from "../apply/ledger.ts";
import { checkGuardrails, type GuardrailFacts, type GuardrailVerdict } from "../plan/check-guardrails.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { recentDeletions } from "./deletion-budget.ts";
import { readPause } from "./pause.ts";
import { readSnapshot } from "./snapshot.ts";

/** Checks a kept plan against the guardrails, before anything is written. */
export async function judgePlan(
  planKey: string,
  { settings, ...ports }: Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings },
): Promise<GuardrailVerdict> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  return checkGuardrails(plan, settings, await readGuardrailFacts(ports));
}

/** What a verdict depends on besides the plan and the limits. */
export async function readGuardrailFacts(ports: Pick<Ports, "records" | "clock">): Promise<GuardrailFacts> {
  const [ledger, deletions, pause] = await Promise.all([
    readLedger(ports),
    recentDeletions(ports),
    readPause(ports),
  ]);
  return { ledgered: ledger.size, recentDeletions: deletions, pausedBecause: pause?.reason ?? null };
}
