import type { Deps } from "@landbridge/functions/_shared/deps";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { findFailure, renderFailure } from "./failure.ts";
import { type FlowReport, followExecution } from "@landbridge/host/follow-execution";
import { watchInterruption } from "./interruption.ts";

interface FlowWatch {
  readonly deps: Pick<Deps, "executions">;
  readonly progress: Progress;
  readonly streams: Streams;
  /** Something else that may end the watching, with that exit code; it is notified when the watching is over. */
  readonly alongside?: (executionArn: string, over: AbortSignal) => Promise<ExitCode>;
}

interface FlowRun extends FlowWatch {
  readonly flow: string;
  readonly input: object;
}

export interface FlowEnd {
  readonly exitCode: ExitCode;
  /** The flow's own report; null if the watching ended before the flow. */
  readonly report: FlowReport | null;
}

/** Starts a flow in the account and watches it to its end; Ctrl+C ends the watching only. */
export async function runFlow({ flow, input, ...watch }: FlowRun): Promise<FlowEnd> {
  return watchFlow(await watch.deps.executions.start(flow, input), watch);
}

/** Watches an execution to its end; Ctrl+C ends the watching only. */
export async function watchFlow(
  executionArn: string,
  { deps, progress, streams, alongside }: FlowWatch,
): Promise<FlowEnd> {
  const interruption = watchInterruption();
  const over = new AbortController();
  try {
    const reports = await Promise.race([
      followExecution(deps.executions, executionArn, { ...progress, over: over.signal }),
      interruption.happened,
      ...(alongside ? [alongside(executionArn, over.signal)] : []),
    ]);
    if (typeof reports === "number") return { exitCode: reports, report: null };
    if (reports === "interrupted") {
      progress.pause();
      streams.err.write(`\nThe flow continues without you: ${executionArn}\n`);
      return { exitCode: EXIT.stopped, report: null };
    }
    const [report = null] = reports;
    const failure = findFailure(reports);
    if (failure === null) return { exitCode: EXIT.ok, report };
    streams.err.write(renderFailure(failure));
    return { exitCode: EXIT.failed, report };
  } finally {
    over.abort();
    interruption.ignore();
  }
}
