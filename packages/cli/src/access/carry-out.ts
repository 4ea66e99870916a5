import type { Deployment } from "../deployment/deployment.ts";
import type { ExitCode } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import { tellTasks } from "../flows/tell-tasks.ts";
import type { Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { tellApplied } from "./tell-applied.ts";
import { tellPolicy } from "./tell-policy.ts";

export interface Screen {
  readonly progress: Progress;
  readonly streams: Streams;
}

interface Order {
  /** Hash of the policy to put in force; null: the one in force stays. */
  readonly proposal: string | null;
  /** The flow applies exactly this plan or nothing; null: whatever the current plan is. */
  readonly planHash: string | null;
}

/** Starts sync-access, watches it until it ends, and reports the outcome for the policy and for access. */
export async function carryOut(
  { proposal, planHash }: Order,
  deployment: Deployment,
  { progress, streams }: Screen,
): Promise<ExitCode> {
  const input = {
    scope: "full",
    mode: "apply",
    ...(await deployment.requester()),
    ...(proposal !== null && { proposal }),
    ...(planHash !== null && { planHash }),
  };
  const end = await runFlow({
    flow: "sync-access",
    input,
    deps: deployment,
    progress,
    streams,
    alongside: (executionArn, over) => tellTasks({ executionArn, over }, deployment, { progress, streams }),
  });
  if (proposal !== null) streams.out.write(`${tellPolicy(end)}\n`);
  return tellApplied(end, streams);
}
