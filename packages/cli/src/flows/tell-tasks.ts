import { type OperatorTask, taskGuide } from "@landbridge/core";
import type { Deployment } from "../deployment/deployment.ts";
import { type ExitCode, HELD } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import type { Progress } from "../render/progress.ts";
import { isInteractive, type Streams } from "../streams.ts";

const POLL_MILLISECONDS = 2_000;

interface Waiting {
  readonly executionArn: string;
  readonly over: AbortSignal;
}

/**
 * Announces each task that the run opens, who can answer it and how. On a terminal the watching continues; otherwise it ends
 * with the first task, since nobody is there and the flow can wait for days.
 */
export async function tellTasks(
  { executionArn, over }: Waiting,
  { tasks, clock }: Pick<Deployment, "tasks" | "clock">,
  { progress, streams }: { readonly progress: Progress; readonly streams: Streams },
): Promise<ExitCode> {
  const told = new Set<string>();
  while (!over.aborted) {
    const open = await tasks.listOpen();
    const task = open.find((one) => one.executionArn === executionArn && !told.has(one.id));
    if (task) {
      told.add(task.id);
      for (const line of describe(task)) progress.say(line);
      if (!isInteractive(streams.in ?? {}, streams.variables)) return HELD;
    }
    await clock.sleep(POLL_MILLISECONDS, over);
  }
  return HELD;
}

function describe({ id, subject, title, deadline }: OperatorTask): string[] {
  const commands = [`  ${LANDBRIDGE} tasks show ${id}`, `  ${LANDBRIDGE} tasks answer ${id}`];
  if (subject.kind !== "plan-approval") {
    return [`◆ ${title}, until ${deadline.slice(0, 10)}. What to do, and the answer:`, ...commands].map(
      (line) => `  ${line}`,
    );
  }
  return [
    "",
    "The guardrails hold this plan for approval:",
    ...subject.reasons.map((reason) => `  ${reason}`),
    ...(taskGuide(subject).warnings ?? []),
    "To read and approve it:",
    ...commands,
    `The approval expires on ${deadline}; then the run ends without changes.`,
    "",
  ];
}
