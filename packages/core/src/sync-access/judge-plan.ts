import { readLedger } from "../apply/ledger.ts";
import { checkGuardrails, type GuardrailVerdict } from "../plan/check-guardrails.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { readSnapshot } from "./snapshot.ts";

/** Checks a kept plan against the guardrails, before anything is written. */
export async function judgePlan(
  planKey: string,
  { settings, ...ports }: Pick<Ports, "objects" | "records"> & { readonly settings: Settings },
): Promise<GuardrailVerdict> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  return checkGuardrails(plan, settings, (await readLedger(ports)).size);
}
