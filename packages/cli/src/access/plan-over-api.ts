import { type Plan, planHash, renderPlan, renderPlanMarkdown } from "@landbridge/core";
import type { RemoteDeployment } from "../deployment/deployment.ts";
import { CHANGES, EXIT, type ExitCode } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import { tellTasks } from "../flows/tell-tasks.ts";
import type { Progress } from "../render/progress.ts";
import type { Streams } from "../streams.ts";
import { changesAnything } from "./make-plan.ts";
import { tellApplied } from "./tell-applied.ts";
import type { PlanForm } from "./render-judged-plan.ts";

interface Screen {
  readonly progress: Progress;
  readonly streams: Streams;
}

/** Lets the deployment plan for its own policy, and prints the plan. */
export async function planOverApi(
  form: PlanForm,
  deployment: RemoteDeployment,
  screen: Screen,
): Promise<ExitCode> {
  const planned = await planThere(deployment, screen);
  if (typeof planned === "number") return planned;
  screen.streams.out.write(render(planned, form));
  return changesAnything(planned) ? CHANGES : EXIT.ok;
}

/** Lets the deployment plan, asks, and lets it carry out exactly that plan. */
export async function applyOverApi(
  agrees: () => Promise<boolean>,
  deployment: RemoteDeployment,
  { progress, streams }: Screen,
): Promise<ExitCode> {
  const planned = await planThere(deployment, { progress, streams });
  if (typeof planned === "number") return planned;
  streams.err.write(render(planned, "text"));
  if (!changesAnything(planned)) return EXIT.ok;
  if (!(await agrees())) return EXIT.stopped;
  const end = await runFlow({
    flow: "sync-access",
    input: { scope: "full", mode: "apply", planHash: planHash(planned) },
    deps: deployment,
    progress,
    streams,
    beside: (executionArn, over) => tellTasks({ executionArn, over }, deployment, { progress, streams }),
  });
  return tellApplied(end, streams);
}

async function planThere(
  deployment: RemoteDeployment,
  { progress, streams }: Screen,
): Promise<Plan | ExitCode> {
  const input = { scope: "full", mode: "plan" };
  const { exitCode, report } = await runFlow({
    flow: "sync-access",
    input,
    deps: deployment,
    progress,
    streams,
  });
  if (exitCode !== EXIT.ok || report === null) return exitCode;
  return deployment.readPlan(report.executionArn.split(":").at(-1) ?? "");
}

function render(plan: Plan, form: PlanForm): string {
  switch (form) {
    case "json":
      return `${JSON.stringify({ hash: planHash(plan), plan }, null, 2)}\n`;
    case "markdown":
      return `${renderPlanMarkdown(plan)}\n`;
    case "text":
      return `${renderPlan(plan)}\n`;
  }
}
