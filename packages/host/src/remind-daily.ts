import type { Sandbox } from "@landbridge/sandbox";
import type { Runtime } from "./runtime.ts";

/** Reminds of open operator tasks and keeps the flows that wait for them waiting. */
export const REMIND_FUNCTION_NAME = "tasks/remind";

/** Creates a deployment's schedule for it. */
export function remindDaily(
  sandbox: Sandbox,
  { scheduler, functionArn }: Pick<Runtime, "scheduler" | "functionArn">,
): void {
  const accountId = sandbox.states.organization.managementAccountId;
  scheduler.create({
    Name: "remind",
    ScheduleExpression: "rate(1 day)",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: {
      Arn: functionArn(REMIND_FUNCTION_NAME),
      RoleArn: `arn:aws:iam::${accountId}:role/landbridge-schedules`,
      Input: "{}",
    },
  });
}
