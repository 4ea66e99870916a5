import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { openTask } from "./open-task.ts";
import { readTask } from "./read-tasks.ts";
import { remindOperators } from "./remind-operators.ts";
import { aWaitingFlow, SCIM_TASK } from "../../test-support/task-harness.ts";

const DAY = 86_400_000;

async function anOpenTask() {
  const flow = aWaitingFlow();
  const { taskId } = await openTask(SCIM_TASK, flow.waiting, flow.ports);
  return { ...flow, taskId };
}

describe("the daily round", () => {
  it("reminds on days 1, 3, 7 and 13, and keeps the flow waiting every day", async () => {
    const { ports, clock, seen, state } = await anOpenTask();
    const reminded: number[] = [];
    for (let day = 1; day < 14; day += 1) {
      await clock.sleep(DAY);
      const { reminded: count } = await remindOperators(ports);
      if (count > 0) reminded.push(day);
    }
    expect(reminded).toEqual([1, 3, 7, 13]);
    expect(state.beats).toBe(13);
    expect(seen.at(-1)?.payload).toMatchObject({ openDays: 13, isLast: true, kind: "scim-credentials" });
  });

  it("that did not come for days reminds once, of what is due", async () => {
    const { ports, clock, taskId } = await anOpenTask();
    await clock.sleep(8 * DAY);
    expect(await remindOperators(ports)).toEqual({ open: 1, reminded: 1 });
    expect(await readTask(taskId, ports)).toMatchObject({ reminders: 3 });
    expect(await remindOperators(ports)).toEqual({ open: 1, reminded: 0 });
  });

  it("closes what nobody waits for: over its deadline, of a run that ended, of a state that is over", async () => {
    const late = await anOpenTask();
    await late.clock.sleep(14 * DAY);
    await remindOperators(late.ports);
    expect(await readTask(late.taskId, late.ports)).toMatchObject({ status: "expired" });

    const stopped = await anOpenTask();
    stopped.state.status = "ABORTED";
    await remindOperators(stopped.ports);
    expect(await readTask(stopped.taskId, stopped.ports)).toMatchObject({ status: "withdrawn" });
    expect(stopped.codes()).toContain("operator-task.closed");

    const gone = await anOpenTask();
    gone.timeOut();
    expect(await remindOperators(gone.ports)).toEqual({ open: 0, reminded: 0 });
    expect(await readTask(gone.taskId, gone.ports)).toMatchObject({ status: "withdrawn" });
  });

  it("tends to every task although one is in trouble, and then reports the trouble", async () => {
    const { ports, clock, sealer, waiting, state } = await anOpenTask();
    const executionArn = `${waiting.executionArn}-other`;
    await openTask(SCIM_TASK, { ...waiting, executionArn }, ports);
    await clock.sleep(DAY);
    const unseal = (sealed: string, context: { readonly taskId: string; readonly kind: string }) =>
      context.taskId === "task-1"
        ? Promise.reject(new FlowError("TaskTokenUnreadable", "task-1"))
        : sealer.unseal(sealed);

    const round = remindOperators({ ...ports, sealer: { ...sealer, unseal } });

    await expect(round).rejects.toMatchObject({ name: "TaskTokenUnreadable" });
    expect(state.beats).toBe(1);
  });
});
