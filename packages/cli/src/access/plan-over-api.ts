import { basename } from "node:path";
import { checkFresh, checkInstance, type Plan, planHash, readPlanFile } from "@landbridge/core";
import type { RemoteDeployment } from "../deployment/deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import { readText } from "../read-text.ts";
import { type Agree, questionFor } from "./apply-plan.ts";
import { carryOut, type Screen } from "./carry-out.ts";
import { readPolicyFile } from "./choose-policy.ts";
import { changesAnything } from "./make-plan.ts";
import type { PlanSource } from "./open-plan.ts";
import { renderRemotePlan } from "./render-judged-plan.ts";

interface RemotePlan {
  readonly plan: Plan;
  /** Hash of the policy that it is for; null: the one in force. */
  readonly proposal: string | null;
}

/**
 * Lets the deployment plan, asks, and lets it carry out exactly that plan.
 * @throws {FlowError} as `openPlan`, and what the API refuses
 */
export async function applyOverApi(
  { planFile, policyFile }: PlanSource,
  agrees: Agree,
  deployment: RemoteDeployment,
  screen: Screen,
): Promise<ExitCode> {
  const given = planFile === undefined ? null : readPlanFile(await readText(planFile), basename(planFile));
  const policy = given ? given.policy : await readPolicyFile(policyFile);
  const planned = await planThere(policy?.text ?? null, deployment, screen);
  if ("exitCode" in planned) return planned.exitCode;
  const { plan, proposal } = planned;
  if (given) {
    checkInstance(given.plan, plan.instanceArn);
    checkFresh(given.plan, plan);
  }
  screen.streams.err.write(renderRemotePlan(plan, "text"));
  if (!changesAnything(plan) && proposal === null) {
    if (policyFile !== undefined) screen.streams.out.write("Policy: already in force.\n");
    return EXIT.ok;
  }
  if (!(await agrees(questionFor(changesAnything(plan))))) return EXIT.stopped;
  return carryOut({ proposal, planHash: planHash(plan) }, deployment, screen);
}

/** Lets the deployment plan for a policy, which it keeps as a proposal; null: for the one in force. */
export async function planThere(
  policy: string | null,
  deployment: RemoteDeployment,
  { progress, streams }: Screen,
): Promise<RemotePlan | { readonly exitCode: ExitCode }> {
  const proposed = policy === null ? null : await deployment.propose(policy);
  const proposal = proposed && !proposed.isInForce ? proposed.hash : null;
  const { exitCode, report } = await runFlow({
    flow: "sync-access",
    input: { scope: "full", mode: "plan", ...(proposal !== null && { proposal }) },
    deps: deployment,
    progress,
    streams,
  });
  if (exitCode !== EXIT.ok || report === null) return { exitCode };
  return { plan: await deployment.readPlan(report.executionArn.split(":").at(-1) ?? ""), proposal };
}
