import type { ExitCode } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import type { Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { inAccount } from "../deployment/in-account.ts";
import { tellTasks } from "../flows/tell-tasks.ts";
import { tellApplied } from "./tell-applied.ts";
import type { AccountDeps } from "./environment.ts";
import type { OpenedPlan } from "./open-plan.ts";

interface ApplyRequest {
  readonly opened: Pick<OpenedPlan, "policyText" | "isBinding" | "hash">;
  readonly deps: AccountDeps;
  readonly progress: Progress;
  readonly streams: Streams;
}

/** Puts the policy in force, starts sync-access in the account and watches it to its end. */
export async function applyPlan({ opened, deps, progress, streams }: ApplyRequest): Promise<ExitCode> {
  const { policyText, isBinding, hash } = opened;
  if (policyText !== null) await deps.objects.putText(deps.settings.policyKey, policyText);
  const deployment = inAccount(deps);
  const input = {
    scope: "full",
    mode: "apply",
    ...(await deployment.requester()),
    ...(isBinding && { planHash: hash }),
  };
  const end = await runFlow({
    flow: "sync-access",
    input,
    deps: deployment,
    progress,
    streams,
    beside: (executionArn, over) => tellTasks({ executionArn, over }, deployment, { progress, streams }),
  });
  return tellApplied(end, streams);
}
