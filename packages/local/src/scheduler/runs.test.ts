import { DeleteScheduleCommand, UpdateScheduleCommand } from "@aws-sdk/client-scheduler";
import { describe, expect, it } from "vitest";
import { makeRandom } from "../../test-support/random.ts";
import {
  FUNCTION_ARN,
  makeSchedulerBench,
  QUEUE_ARN,
  STATE_MACHINE_ARN,
  TO_SYNC,
} from "../../test-support/scheduler-bench.ts";

const YEAR = 365 * 86_400_000;

/** The delays of ten runs with a flexible window, in milliseconds. */
async function offsets(seed: number): Promise<number[]> {
  const { create, executions, sleepUntil } = makeSchedulerBench({ random: makeRandom(seed) });
  const FlexibleTimeWindow = { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 } as const;
  await create("cron(0 6 * * ? *)", { FlexibleTimeWindow });
  await sleepUntil("2026-01-11T00:00:00Z");
  return executions.map(
    ({ at, input }) => Date.parse(at) - Date.parse((JSON.parse(input) as { at: string }).at),
  );
}

describe("a schedule", () => {
  it("starts its state machine at local time, summer and winter", async () => {
    const { create, executions, sleepUntil } = makeSchedulerBench();
    await create("cron(0 6 1 * ? *)", { ScheduleExpressionTimezone: "Europe/Berlin" });
    await sleepUntil("2026-04-30T00:00:00Z");

    expect(executions.map(({ at }) => at)).toEqual([
      "2026-01-01T05:00:00.000Z",
      "2026-02-01T05:00:00.000Z",
      "2026-03-01T05:00:00.000Z",
      "2026-04-01T04:00:00.000Z",
    ]);
    expect(executions[0]).toMatchObject({ arn: STATE_MACHINE_ARN, input: '{"at":"2026-01-01T05:00:00Z"}' });
  });

  it("sleeps 365 times in a year of daily runs, and not at all without a schedule", async () => {
    const { clock, create, executions, scheduler } = makeSchedulerBench();
    expect(clock.sleeps).toEqual([]);
    await create("cron(0 6 * * ? *)");
    await clock.sleep(YEAR);

    expect(executions).toHaveLength(365);
    // The year itself, and the wait for a pending run.
    expect(clock.sleeps).toHaveLength(365 + 2);
    scheduler.close();
  });

  it("invokes a function with its input", async () => {
    const { clock, create, invocations } = makeSchedulerBench();
    const Target = { ...TO_SYNC, Arn: FUNCTION_ARN, Input: '{"arn":"<aws.scheduler.schedule-arn>"}' };
    await create("at(2026-01-02T00:00:00)", { Target });
    await clock.sleep(YEAR);

    expect(invocations).toEqual([
      {
        arn: FUNCTION_ARN,
        payload: { arn: "arn:aws:scheduler:eu-central-1:111122223333:schedule/default/daily" },
      },
    ]);
  });

  it("starts an execution by a universal target, under a name", async () => {
    const { clock, create, executions } = makeSchedulerBench();
    const Input = JSON.stringify({
      StateMachineArn: STATE_MACHINE_ARN,
      Name: "run-<aws.scheduler.execution-id>",
      Input: '{"mode":"plan"}',
    });
    const Arn = "arn:aws:scheduler:::aws-sdk:sfn:startExecution";
    await create("at(2026-01-02T00:00:00)", { Target: { ...TO_SYNC, Arn, Input } });
    await clock.sleep(YEAR);

    expect(executions).toMatchObject([
      { arn: STATE_MACHINE_ARN, input: '{"mode":"plan"}', name: "run-00000000-0000-4000-8000-000000000001" },
    ]);
  });

  it("begins at its start and ends at its end", async () => {
    const { clock, create, executions } = makeSchedulerBench();
    await create("rate(2 days)", {
      StartDate: new Date("2026-02-01T12:00:00Z"),
      EndDate: new Date("2026-02-05T12:00:00Z"),
    });
    await clock.sleep(YEAR);

    expect(executions.map(({ at }) => at)).toEqual([
      "2026-02-01T12:00:00.000Z",
      "2026-02-03T12:00:00.000Z",
      "2026-02-05T12:00:00.000Z",
    ]);
  });

  it("with a flexible window runs somewhere in it, the same for the same seed", async () => {
    const first = await offsets(1);

    expect(first).toHaveLength(10);
    expect(first.every((offset) => offset >= 0 && offset < 15 * 60_000)).toBe(true);
    expect(new Set(first).size).toBe(10);
    expect(await offsets(1)).toEqual(first);
    expect(await offsets(2)).not.toEqual(first);
  });

  it("does not run while it is disabled, after a change, or when it is deleted", async () => {
    const { client, create, executions, sleepUntil } = makeSchedulerBench();
    await create("cron(0 6 * * ? *)", { State: "DISABLED" });
    await sleepUntil("2026-01-02T00:00:00Z");
    expect(executions).toEqual([]);

    await client.send(
      new UpdateScheduleCommand({
        Name: "daily",
        ScheduleExpression: "cron(0 7 * * ? *)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: TO_SYNC,
      }),
    );
    await sleepUntil("2026-01-03T00:00:00Z");
    expect(executions.map(({ at }) => at)).toEqual(["2026-01-02T07:00:00.000Z"]);

    await client.send(new DeleteScheduleCommand({ Name: "daily" }));
    await sleepUntil("2026-01-05T00:00:00Z");
    expect(executions).toHaveLength(1);
  });

  it("deletes itself after its last run only when told to", async () => {
    const { clock, create, scheduler } = makeSchedulerBench();
    await create("at(2026-01-02T00:00:00)", { Name: "kept" });
    await create("at(2026-01-02T00:00:00)", { Name: "gone", ActionAfterCompletion: "DELETE" });
    await create("rate(1 day)", {
      Name: "ended",
      ActionAfterCompletion: "DELETE",
      EndDate: new Date("2026-01-04T00:00:00Z"),
    });
    expect(scheduler.schedules.map(({ Name }) => Name)).toEqual(["ended", "gone", "kept"]);
    await clock.sleep(YEAR);

    expect(scheduler.schedules.map(({ Name }) => Name)).toEqual(["kept"]);
  });
});

describe("a run that fails", () => {
  it("is tried again, and counts its attempts", async () => {
    const inputs: string[] = [];
    const { clock, create, scheduler } = makeSchedulerBench({
      targets: {
        startExecution(_, input) {
          inputs.push(input);
          if (inputs.length < 3) throw new Error("not yet");
        },
        invokeLambda: () => undefined,
      },
    });
    const Target = { ...TO_SYNC, Input: '"<aws.scheduler.attempt-number>"' };
    await create("at(2026-01-02T00:00:00)", { Target });
    await clock.sleep(YEAR);

    expect(inputs).toEqual(['"1"', '"2"', '"3"']);
    expect(scheduler.deadLetters.all).toEqual([]);
  });

  it("ends with a dead letter that says what it was", async () => {
    const { clock, create, scheduler } = makeSchedulerBench({
      targets: {
        startExecution() {
          throw Object.assign(new Error("too many"), { name: "ThrottlingException" });
        },
        invokeLambda: () => undefined,
      },
    });
    const RetryPolicy = { MaximumRetryAttempts: 1 };
    await create("at(2026-01-02T00:00:00)", {
      Target: { ...TO_SYNC, RetryPolicy, DeadLetterConfig: { Arn: QUEUE_ARN } },
    });
    await clock.sleep(YEAR);

    expect(scheduler.deadLetters.of(QUEUE_ARN)).toMatchObject([
      {
        body: '{"at":"2026-01-02T00:00:00Z"}',
        attributes: {
          ERROR_CODE: "ThrottlingException",
          ERROR_MESSAGE: "too many",
          EXECUTION_ID: "00000000-0000-4000-8000-000000000002",
          EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
          IS_PAYLOAD_TRUNCATED: "false",
          RETRY_ATTEMPTS: "1",
          SCHEDULED_TIME: "2026-01-02T00:00:00Z",
          SCHEDULE_ARN: "arn:aws:scheduler:eu-central-1:111122223333:schedule/default/daily",
          TARGET_ARN: STATE_MACHINE_ARN,
        },
      },
    ]);
  });
});
