import { inAccount } from "../deployment/in-account.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { carryOut, type Screen } from "./carry-out.ts";
import type { AccountDeps } from "./environment.ts";
import { changesAnything } from "./make-plan.ts";
import { openPlan, type PlanSource } from "./open-plan.ts";
import { renderJudgedPlan } from "./render-judged-plan.ts";

/** Asks for confirmation. */
export type Agree = (question: string) => Promise<boolean>;

/**
 * Plans here, asks for confirmation, and lets the account carry it out. Its policy takes effect with it, even if no access
 * changes.
 * @throws {FlowError} as {@link openPlan}; ProposalStale when another policy came into force meanwhile
 */
export async function applyPlan(
  source: PlanSource,
  agrees: Agree,
  deps: AccountDeps,
  screen: Screen,
): Promise<ExitCode> {
  const opened = await openPlan(source, deps, (text) => screen.progress.say(`  ${text}`));
  const { plan, proposed, isBinding, hash } = opened;
  screen.streams.err.write(renderJudgedPlan(opened, "text"));
  if (!changesAnything(plan) && proposed === null) {
    if (source.policyFile !== undefined) screen.streams.out.write("Policy: already in force.\n");
    return EXIT.ok;
  }
  if (!(await agrees(questionFor(changesAnything(plan))))) return EXIT.stopped;
  const deployment = inAccount(deps);
  const proposal = proposed && (await deployment.propose(proposed.text, proposed.basedOn)).hash;
  return carryOut({ proposal, planHash: isBinding ? hash : null }, deployment, screen);
}

/** Says so if the policy changes no access. */
export function questionFor(changes: boolean): string {
  return changes ? "Carry it out?" : "No access changes. Put the policy in force?";
}
