import { Command } from "@commander-js/extra-typings";
import { applyPlan } from "../access/apply-plan.ts";
import { depsOfEnvironment } from "../access/environment.ts";
import { changesAnything, makePlan, readPolicy } from "../access/make-plan.ts";
import { renderJudgedPlan } from "../access/render-judged-plan.ts";
import { makePrompts } from "../demo/prompts/prompts.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

export function applyCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("apply")
    .description("Plan, ask, and let the deployment's sync-access flow carry it out.")
    .option("--policy <file>", "access policy to put in force first (default: the deployment's)")
    .option("--yes", "do not ask; what the guardrails hold still waits for an approval", false)
    .addHelpText(
      "after",
      `
The flow runs in the account, not here: Ctrl+C stops watching, and the flow goes on. Starting again is safe: it plans
anew, and finished work is not done twice.

Exit codes: 0 done or nothing to do, 1 the flow failed, 2 wrong usage, 130 you said no or stopped watching.`,
    )
    .action(async ({ policy: file, yes }) => {
      if (!yes && streams.in?.isTTY !== true)
        throw new UsageError("apply asks before it writes; without a terminal say --yes");
      const progress = makeProgress(streams);
      const deps = depsOfEnvironment((message) => progress.say(`! ${message}`));
      const policy = await readPolicy(file, deps);
      const judged = await makePlan(policy, deps, (text) => progress.say(`  ${text}`));
      streams.err.write(renderJudgedPlan(judged, "text"));
      if (!changesAnything(judged.plan)) return done(EXIT.ok);
      if (!yes && !(await agrees(streams))) return done(EXIT.stopped);
      done(await applyPlan({ file, deps, progress, streams }));
    });
}

/** A person says yes in full. */
async function agrees({ in: input, err }: Streams): Promise<boolean> {
  if (!input) return false;
  const prompts = makePrompts(input, err);
  try {
    return (await prompts.text("Carry it out? Only yes will do."))?.trim() === "yes";
  } finally {
    prompts.close();
  }
}
