import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { runFlow, watchFlow } from "../flows/run-flow.ts";
import type { Flow } from "@landbridge/host/state-machines";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { tellTasks } from "../flows/tell-tasks.ts";

interface AlreadyRunning {
  readonly result: "already-running";
  readonly executionArn: string;
}

interface Rotation<Outcome> {
  readonly flow: Flow;
  readonly input: object;
  readonly json: boolean;
  /** Describes the flow's output in a sentence. */
  readonly describe: (outcome: Outcome) => string;
}

/** Starts the flow in the account and watches it, or the one that runs already, to its end. */
export async function runRotation<Outcome>(
  { flow, input, json, describe }: Rotation<Outcome>,
  streams: Streams,
): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const deployment = openDeployment(streams.variables, (message) => progress.say(`! ${message}`));
  const watch = {
    deps: deployment,
    progress,
    streams,
    alongside: (executionArn: string, over: AbortSignal) =>
      tellTasks({ executionArn, over }, deployment, { progress, streams }),
  };
  let { exitCode, report } = await runFlow({
    ...watch,
    flow,
    input: { ...input, ...(await deployment.requester()) },
  });
  const running = report?.output as AlreadyRunning | null;
  if (running?.result === "already-running") {
    progress.say(`  Another execution is already rotating it: ${running.executionArn}`);
    ({ exitCode, report } = await watchFlow(running.executionArn, watch));
  }
  if (exitCode !== EXIT.ok || report === null) return exitCode;
  const outcome = report.output as Outcome;
  streams.out.write(json ? `${JSON.stringify(outcome, null, 2)}\n` : `${describe(outcome)}\n`);
  return exitCode;
}

export function day(iso: string): string {
  return iso.slice(0, 10);
}
