import { Command, Option } from "@commander-js/extra-typings";
import { applyPlan } from "../access/apply-plan.ts";
import { depsOfEnvironment } from "../access/environment.ts";
import { applyOverApi } from "../access/plan-over-api.ts";
import { makePrompts } from "../prompts/prompts.ts";
import { openApi } from "../deployment/open-deployment.ts";
import { type ExitCode, UsageError } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

export function applyCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("apply")
    .description("Plan, ask, and let the deployment's sync-access flow carry it out.")
    .addOption(
      new Option(
        "--policy <file>",
        "access policy to propose: the flow puts it in force (default: the deployment's)",
      ).conflicts("plan"),
    )
    .option("--plan <file>", "carry out exactly this plan file, or nothing")
    .option("--yes", "do not ask; what the guardrails hold still waits for an approval", false)
    .addHelpText(
      "after",
      `
The flow runs in the account, not here: Ctrl+C stops watching, and the flow goes on. Starting again is safe: it plans
anew, and finished work is not done twice.

A policy that you name is a proposal. It comes into force once its plan is empty, within the guardrails, or approved, and never
before; declined, it is discarded, and the one in force stays. It is refused (ProposalStale) when another policy has come into
force since it was planned. This command says what became of it.

--plan refuses a file that was edited (PlanFileEdited), of another version (PlanFileUnknownVersion) or for another instance
(PlanForAnotherInstance), and one that the world has overtaken (PlanStale); the last one says what has changed. The flow
plans once more and refuses too, before it writes.

What the guardrails hold waits for somebody who neither started it nor wrote the policy: this command says for what, and with
which command it is approved (tasks answer <id>). On a terminal it then waits; elsewhere it ends with exit code 3, as it does
at once when somebody is asked about the same plan already.

Examples:
  $ npm run landbridge -- plan --policy access.yaml --out plan.json
  $ npm run landbridge -- apply --plan plan.json

Exit codes: 0 done or nothing to do, 1 the flow or some of the changes failed or the plan file is refused, 2 wrong
usage, 3 held until it is approved or overtaken by a newer plan, 130 you said no or stopped watching.`,
    )
    .action(async ({ policy: policyFile, plan: planFile, yes }) => {
      if (!yes && streams.in?.isTTY !== true)
        throw new UsageError("apply asks before it writes; without a terminal say --yes");
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
    const answer = await prompts.text(`${question} Only yes will do.`);
    if (answer?.trim() === "yes") return true;
    err.write("Nothing was changed.\n");
    return false;
  } finally {
    prompts.close();
  }
}
