import { CHANGES, EXIT, type ExitCode } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { depsOfEnvironment } from "./environment.ts";
import { changesAnything, makePlan, readPolicy } from "./make-plan.ts";
import { type PlanForm, renderJudgedPlan } from "./render-judged-plan.ts";

interface Comparison {
  /** The deployment's policy when absent. */
  readonly file: string | undefined;
  readonly form: PlanForm;
}

/** Prints the plan for a policy; the exit code says whether it would change anything. */
export async function comparePolicy({ file, form }: Comparison, streams: Streams): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const deps = depsOfEnvironment((message) => progress.say(`! ${message}`));
  const judged = await makePlan(await readPolicy(file, deps), deps, (text) => progress.say(`  ${text}`));
  streams.out.write(renderJudgedPlan(judged, form));
  return changesAnything(judged.plan) ? CHANGES : EXIT.ok;
}
