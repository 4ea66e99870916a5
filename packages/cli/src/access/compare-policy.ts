import { type PlanFile, writePlanFile } from "@landbridge/core";
import { openApi } from "../deployment/open-deployment.ts";
import { CHANGES, EXIT, type ExitCode } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import { makeProgress, type Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { writeNewFile } from "../write-new-file.ts";
import { choosePolicy, readPolicyFile } from "./choose-policy.ts";
import { depsOfEnvironment } from "./environment.ts";
import { changesAnything, makePlan } from "./make-plan.ts";
import { planThere } from "./plan-over-api.ts";
import { type PlanForm, renderJudgedPlan, renderRemotePlan } from "./render-judged-plan.ts";

interface Comparison {
  /** The deployment's policy when absent. */
  readonly file: string | undefined;
  readonly form: PlanForm;
  /** Where to write the plan file. */
  readonly out?: string | undefined;
}

/** Prints the plan for a policy; the exit code says whether it would change anything. */
export async function comparePolicy({ file, form, out }: Comparison, streams: Streams): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const policy = await readPolicyFile(file);
  const api = openApi(streams.variables, (message) => progress.say(`! ${message}`));
  if (api !== null) {
    const planned = await planThere(policy?.text ?? null, api, { progress, streams });
    if ("exitCode" in planned) return planned.exitCode;
    if (out !== undefined) await keepPlan(out, { policy, plan: planned.plan }, progress);
    streams.out.write(renderRemotePlan(planned.plan, form));
    return changesAnything(planned.plan) ? CHANGES : EXIT.ok;
  }
  const deps = depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`));
  const judged = await makePlan(await choosePolicy(policy, deps), deps, (text) => progress.say(`  ${text}`));
  if (out !== undefined) await keepPlan(out, { policy, plan: judged.plan }, progress);
  streams.out.write(renderJudgedPlan(judged, form));
  return changesAnything(judged.plan) ? CHANGES : EXIT.ok;
}

async function keepPlan(out: string, contents: PlanFile, progress: Progress): Promise<void> {
  await writeNewFile(out, writePlanFile(contents), true);
  progress.say(`The plan was saved to ${out}. To carry it out: ${LANDBRIDGE} apply --plan ${out}`);
}
