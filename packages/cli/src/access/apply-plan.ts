import type { Deps } from "@landbridge/functions/_shared/deps";
import { callerOfEnvironment } from "./environment.ts";
import type { ExitCode } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import { readText } from "../read-text.ts";
import type { Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";

interface ApplyRequest {
  /** The policy to put in force first. */
  readonly file: string | undefined;
  readonly deps: Deps;
  readonly progress: Progress;
  readonly streams: Streams;
}

/** Puts the policy in force, starts sync-access in the account and watches it to its end. */
export async function applyPlan({ file, deps, progress, streams }: ApplyRequest): Promise<ExitCode> {
  if (file !== undefined) await deps.objects.putText(deps.settings.policyKey, await readText(file));
  const input = { scope: "full", mode: "apply", requestedBy: await callerOfEnvironment(deps) };
  const { exitCode } = await runFlow({ flow: "sync-access", input, deps, progress, streams });
  return exitCode;
}
