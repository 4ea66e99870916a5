import { Command, Option } from "@commander-js/extra-typings";
import { applyPlan } from "../access/apply-plan.ts";
import { depsOfEnvironment } from "../access/environment.ts";
import { applyOverApi } from "../access/plan-over-api.ts";
import { makePrompts } from "../prompts/make-prompts.ts";
import { openApi } from "../deployment/open-deployment.ts";
import { type ExitCode, UsageError } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

export function applyCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("apply")
    .description("Plan, ask for confirmation, and have the deployment's sync-access flow carry it out.")
    .addOption(
      new Option(
        "--policy <file>",
        "access policy to propose; the flow puts it in force (default: the deployment's)",
      ).conflicts("plan"),
    )
    .option("--plan <file>", "carry out exactly this plan file, or fail")
    .option("--yes", "skip the confirmation; held plans still wait for approval", false)
    .addHelpText(
      "after",
      `
The flow runs in the account, not here: Ctrl+C stops watching, and the flow continues. It is safe to run the command
again: the flow plans again and skips finished work.

A policy that you name is a proposal. It takes effect only when its plan is empty, within the guardrails, or approved. If the
plan is declined, the proposal is discarded and the current policy stays in force. The flow refuses it (ProposalStale) if
another policy took effect after it was planned. This command reports the outcome.

--plan refuses a file that was edited (PlanFileEdited), has another version (PlanFileUnknownVersion), is for another instance
(PlanForAnotherInstance) or is out of date (PlanStale, with what has changed). The flow plans again before it writes, and
refuses in the same cases.

A plan that the guardrails hold waits for approval by somebody who neither started it nor wrote the policy. This command says
why it is held and how to approve it (tasks answer <id>). On a terminal it then waits; otherwise it exits with code 3. It also
exits with code 3, at once, if an approval of the same plan is already open.

Examples:
  $ npm run landbridge -- plan --policy access.yaml --out plan.json
  $ npm run landbridge -- apply --plan plan.json

Exit codes: 0 done or nothing to do, 1 the flow or some changes failed or the plan file was refused, 2 wrong usage,
3 held for approval or superseded by a newer plan, 130 you answered no or stopped watching.`,
    )
    .action(async ({ policy: policyFile, plan: planFile, yes }) => {
      if (!yes && streams.in?.isTTY !== true)
        throw new UsageError("apply asks for confirmation before it writes; without a terminal, pass --yes");
      const progress = makeProgress(streams);
      const screen = { progress, streams };
      const source = { planFile, policyFile };
      const agree = (question: string) => (yes ? Promise.resolve(true) : agrees(question, streams));
      const api = openApi(streams.variables, (message) => progress.say(`! ${message}`));
      if (api !== null) return done(await applyOverApi(source, agree, api, screen));
      const deps = depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`));
      done(await applyPlan(source, agree, deps, screen));
    });
}

/** A person says yes in full. */
async function agrees(question: string, { in: input, err }: Streams): Promise<boolean> {
  if (!input) return false;
  const prompts = makePrompts(input, err);
  try {
    const answer = await prompts.text(`${question} Type yes to continue.`);
    if (answer?.trim() === "yes") return true;
    err.write("Nothing was changed.\n");
    return false;
  } finally {
    prompts.close();
  }
}
