import type { RotationReason } from "@landbridge/core";
import { callerOfEnvironment, depsOfEnvironment } from "../access/environment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { runFlow, watchFlow } from "../flows/run-flow.ts";
import { makeProgress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { tellTasks } from "./tell-tasks.ts";

export interface RotateTokenOptions {
  readonly force: boolean;
  readonly reason?: RotationReason | undefined;
  readonly json: boolean;
}

/** What the flow ends with. */
type Outcome =
  | { readonly result: "rotated" | "old-token-deleted"; readonly expiresAt: string }
  | { readonly result: "not-due"; readonly expiresAt: string; readonly daysLeft: number }
  | { readonly result: "already-running"; readonly executionArn: string };

/** Starts rotate-token in the account and watches it, or the one that runs already, to its end. */
export async function rotateToken(
  { force, reason, json }: RotateTokenOptions,
  streams: Streams,
): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const deps = depsOfEnvironment((message) => progress.say(`! ${message}`));
  const watch = {
    deps,
    progress,
    streams,
    beside: (executionArn: string, over: AbortSignal) =>
      tellTasks({ executionArn, over }, deps, { progress, streams }),
  };
  const requestedBy = await callerOfEnvironment(deps);
  const input = { force, ...(reason && { reason }), requestedBy };
  let { exitCode, report } = await runFlow({ ...watch, flow: "rotate-token", input });
  const running = report?.output as Outcome | null;
  if (running?.result === "already-running") {
    progress.say(`  Another execution rotates already: ${running.executionArn}`);
    ({ exitCode, report } = await watchFlow(running.executionArn, watch));
  }
  if (exitCode !== EXIT.ok || report === null) return exitCode;
  const outcome = report.output as Outcome;
  streams.out.write(json ? `${JSON.stringify(outcome, null, 2)}\n` : `${describe(outcome)}\n`);
  return exitCode;
}

function describe(outcome: Outcome): string {
  switch (outcome.result) {
    case "rotated":
      return `Entra uses a new token, which expires on ${day(outcome.expiresAt)}. AWS refuses the old one.`;
    case "old-token-deleted":
      return `AWS refuses the old token now. The one that Entra uses expires on ${day(outcome.expiresAt)}.`;
    case "not-due":
      return `Nothing to do: the token that Entra uses has ${outcome.daysLeft} days left, until ${day(outcome.expiresAt)}. It is rotated from 60 days before; --force does it now.`;
    case "already-running":
      return `Another execution rotates: ${outcome.executionArn}`;
  }
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
