import { basename } from "node:path";
import { parseAccessPolicy, writePlanFile } from "@landbridge/core";
import { openApi } from "../deployment/open-deployment.ts";
import { CHANGES, EXIT, type ExitCode, UsageError } from "../exit.ts";
import { readText } from "../read-text.ts";
import { LANDBRIDGE } from "../program-name.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { writeNewFile } from "../write-new-file.ts";
import { depsOfEnvironment } from "./environment.ts";
import { changesAnything, makePlan, readPolicy } from "./make-plan.ts";
import { planOverApi } from "./plan-over-api.ts";
import { type PlanForm, renderJudgedPlan } from "./render-judged-plan.ts";

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
  const api = openApi(streams.variables, (message) => progress.say(`! ${message}`));
  if (api !== null) {
    if (file !== undefined || out !== undefined)
      throw new UsageError(
        "--policy and --out need the account itself: the API plans for the deployment's policy",
      );
    return planOverApi(form, api, { progress, streams });
  }
  const deps = depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`));
  const policy = file === undefined ? null : { file: basename(file), text: await readText(file) };
  const judged = await makePlan(
    policy === null ? await readPolicy(undefined, deps) : parseAccessPolicy(policy.text, policy.file),
    deps,
    (text) => progress.say(`  ${text}`),
  );
  if (out !== undefined) {
    await writeNewFile(out, writePlanFile({ policy, plan: judged.plan }), true);
    progress.say(`The plan is in ${out}. To carry it out: ${LANDBRIDGE} apply --plan ${out}`);
  }
  streams.out.write(renderJudgedPlan(judged, form));
  return changesAnything(judged.plan) ? CHANGES : EXIT.ok;
}
