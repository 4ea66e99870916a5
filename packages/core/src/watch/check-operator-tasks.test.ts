import { describe, expect, it } from "vitest";
import { openTask } from "../tasks/open-task.ts";
import { aWaitingFlow, SCIM_TASK } from "../../test-support/task-harness.ts";
import { planApproval } from "../tasks/kinds/plan-approval.ts";
import { checkOperatorTasks } from "./check-operator-tasks.ts";

const HOUR = 3_600_000;

async function found(flow: ReturnType<typeof aWaitingFlow>): Promise<string[]> {
  const { findings } = await checkOperatorTasks(flow.ports);
  return findings.map(({ code, severity, subjects }) => `${code} ${severity} ${subjects.length}`);
}

describe("what waits for a person", () => {
  it("is told apart: held plans, which are a warning after their first reminder, and other tasks", async () => {
    const flow = aWaitingFlow();
    expect(await found(flow)).toEqual([]);
    await openTask(planApproval.sample, { ...flow.waiting, executionArn: "arn:one" }, flow.ports);
    await openTask(SCIM_TASK, { ...flow.waiting, executionArn: "arn:other" }, flow.ports);

    expect(await found(flow)).toEqual(["PlanHeld notice 1", "TasksOpen notice 1"]);
    await flow.clock.sleep(25 * HOUR);
    expect(await found(flow)).toEqual(["PlanHeld warning 1", "TasksOpen notice 1"]);
  });
});
