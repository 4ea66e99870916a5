import { listOpenTasks, type OperatorTask } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { type ExitCode, HELD } from "../exit.ts";
import type { Progress } from "../render/progress.ts";
import { isInteractive, type Streams } from "../streams.ts";

const POLL_MILLISECONDS = 2_000;

interface Waiting {
  readonly executionArn: string;
  readonly over: AbortSignal;
}

/**
 * Tells when the guardrails hold the plan of a run, and who can approve it: somebody else than who started it, in another
 * place. On a terminal the watching goes on; elsewhere it ends there.
 */
export async function awaitApproval(
  { executionArn, over }: Waiting,
  deps: Pick<Deps, "records" | "executions" | "clock">,
  { progress, streams }: { readonly progress: Progress; readonly streams: Streams },
): Promise<ExitCode> {
  const told = new Set<string>();
  for (;;) {
    const open = await listOpenTasks(deps);
    const held = open.find((task) => task.executionArn === executionArn && !told.has(task.id));
    if (held) {
      told.add(held.id);
      progress.say(renderHeld(held));
      if (!isInteractive(streams.in ?? {})) return HELD;
    }
    await deps.clock.sleep(POLL_MILLISECONDS, over);
    // Nobody waits for the answer any more.
    if (over.aborted) return HELD;
  }
}

function renderHeld({ id, subject, deadline }: OperatorTask): string {
  const reasons = subject.kind === "plan-approval" ? subject.reasons : [];
  return [
    "",
    "The guardrails hold this plan; no access has changed:",
    ...reasons.map((reason) => `  ${reason}`),
    "You started the run, so somebody else has to approve it:",
    `  landbridge tasks show ${id}`,
    `  landbridge tasks answer ${id}`,
    `It is asked for until ${deadline}; then the run ends, and nothing happens.`,
    "",
  ].join("\n");
}
