import { Command, Option } from "@commander-js/extra-typings";
import { applyPlan } from "../access/apply-plan.ts";
import { depsOfEnvironment } from "../access/environment.ts";
import { changesAnything } from "../access/make-plan.ts";
import { openPlan } from "../access/open-plan.ts";
import { applyOverApi } from "../access/plan-over-api.ts";
import { renderJudgedPlan } from "../access/render-judged-plan.ts";
import { makePrompts } from "../prompts/prompts.ts";
import { openApi } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

export function applyCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("apply")
    .description("Plan, ask, and let the deployment's sync-access flow carry it out.")
    .addOption(
      new Option(
        "--policy <file>",
        "access policy to put in force first (default: the deployment's)",
      ).conflicts("plan"),
    )
    .option("--plan <file>", "carry out exactly this plan file, or nothing")
    .option("--yes", "do not ask; what the guardrails hold still waits for an approval", false)
    .addHelpText(
      "after",
      `
The flow runs in the account, not here: Ctrl+C stops watching, and the flow goes on. Starting again is safe: it plans
anew, and finished work is not done twice.

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
      const api = openApi(streams.variables, (message) => progress.say(`! ${message}`));
      if (api !== null) {
        if (policyFile !== undefined || planFile !== undefined)
          throw new UsageError(
            "--policy and --plan need the account itself: the API applies the deployment's policy",
          );
        const agreed = () => (yes ? Promise.resolve(true) : agrees(streams));
        return done(await applyOverApi(agreed, api, { progress, streams }));
      }
      const deps = depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`));
      const opened = await openPlan({ planFile, policyFile }, deps, (text) => progress.say(`  ${text}`));
      streams.err.write(renderJudgedPlan(opened, "text"));
      if (!changesAnything(opened.plan)) return done(EXIT.ok);
      if (!yes && !(await agrees(streams))) return done(EXIT.stopped);
      done(await applyPlan({ opened, deps, progress, streams }));
    });
}

/** A person says yes in full. */
async function agrees({ in: input, err }: Streams): Promise<boolean> {
  if (!input) return false;
  const prompts = makePrompts(input, err);
  try {
    const answer = await prompts.text("Carry it out? Only yes will do.");
    if (answer?.trim() === "yes") return true;
    err.write("Nothing was changed.\n");
    return false;
  } finally {
    prompts.close();
  }
}
