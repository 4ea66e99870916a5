import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  type Target,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { describe, expect, it } from "vitest";
import { makeSchedulerBench, QUEUE_ARN, TO_SYNC } from "../../test-support/scheduler-bench.ts";

describe("schedules, through the AWS SDK", () => {
  it("are made, described, changed and deleted", async () => {
    const { client, clock, create } = makeSchedulerBench();
    const StartDate = new Date("2026-02-01T00:00:00Z");
    const EndDate = new Date("2026-03-01T00:00:00Z");
    const { ScheduleArn } = await create("rate(1 day)", { StartDate, EndDate, Description: "why" });
    const made = await client.send(new GetScheduleCommand({ Name: "daily", GroupName: "default" }));

    expect(ScheduleArn).toBe("arn:aws:scheduler:eu-central-1:111122223333:schedule/default/daily");
    expect(made).toMatchObject({
      Arn: ScheduleArn,
      GroupName: "default",
      ScheduleExpression: "rate(1 day)",
      ScheduleExpressionTimezone: "UTC",
      State: "ENABLED",
      ActionAfterCompletion: "NONE",
      Description: "why",
      StartDate,
      EndDate,
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: TO_SYNC,
      CreationDate: new Date("2026-01-01T00:00:00Z"),
      LastModificationDate: new Date("2026-01-01T00:00:00Z"),
    });

    await clock.sleep(1000);
    await client.send(
      new UpdateScheduleCommand({
        Name: "daily",
        ScheduleExpression: "rate(2 days)",
        FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 },
        Target: TO_SYNC,
        State: "DISABLED",
      }),
    );
    const changed = await client.send(new GetScheduleCommand({ Name: "daily" }));
    expect(changed).toMatchObject({
      ScheduleExpression: "rate(2 days)",
      State: "DISABLED",
      CreationDate: new Date("2026-01-01T00:00:00Z"),
      LastModificationDate: new Date("2026-01-01T00:00:01Z"),
    });
    expect(changed.Description).toBeUndefined();

    await client.send(new DeleteScheduleCommand({ Name: "daily" }));
    await expect(client.send(new GetScheduleCommand({ Name: "daily" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Schedule daily does not exist.",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("exist once by name, unless the client repeats itself", async () => {
    const { create } = makeSchedulerBench();
    const first = await create("rate(1 day)", { ClientToken: "once" });

    expect(await create("rate(1 day)", { ClientToken: "once" })).toMatchObject({
      ScheduleArn: first.ScheduleArn,
    });
    await expect(create("rate(1 day)")).rejects.toMatchObject({
      name: "ConflictException",
      $metadata: { httpStatusCode: 409 },
    });
  });

  it("are listed by prefix and state, page by page", async () => {
    const { client, create } = makeSchedulerBench();
    for (const Name of ["sync-b", "other", "sync-a", "sync-c"]) await create("rate(1 day)", { Name });
    await create("rate(1 day)", { Name: "sync-d", State: "DISABLED" });
    const request = { NamePrefix: "sync-", State: "ENABLED", GroupName: "default", MaxResults: 2 } as const;
    const first = await client.send(new ListSchedulesCommand(request));
    const second = await client.send(new ListSchedulesCommand({ ...request, NextToken: first.NextToken }));

    expect(first.Schedules?.map(({ Name }) => Name)).toEqual(["sync-a", "sync-b"]);
    expect(first.Schedules?.[0]).toMatchObject({ State: "ENABLED", Target: { Arn: TO_SYNC.Arn } });
    expect(second.Schedules?.map(({ Name }) => Name)).toEqual(["sync-c"]);
    expect(second.NextToken).toBeUndefined();
    await expect(client.send(new ListSchedulesCommand({ MaxResults: 101 }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    await expect(client.send(new ListSchedulesCommand({ NextToken: "made-up" }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  it("are in the default group only", async () => {
    const { client, create } = makeSchedulerBench();
    const refusal = { name: "ResourceNotFoundException", message: "Schedule group mine does not exist." };

    await expect(create("rate(1 day)", { GroupName: "mine" })).rejects.toMatchObject(refusal);
    await expect(client.send(new ListSchedulesCommand({ GroupName: "mine" }))).rejects.toMatchObject(refusal);
    await expect(
      client.send(new GetScheduleCommand({ Name: "daily", GroupName: "mine" })),
    ).rejects.toMatchObject(refusal);
    await expect(client.send(new CreateScheduleGroupCommand({ Name: "mine" }))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining("packages/local/src/scheduler/coverage.md") as string,
    });
  });

  it.each<[string, Partial<Target>, string]>([
    ["another kind of target", { Arn: QUEUE_ARN }, "packages/local/src/scheduler/coverage.md"],
    ["no input", { Input: undefined }, "A target without Input is not imitated"],
    ["input that is no JSON", { Input: "{" }, "Target.Input is not valid"],
    ["a role that is none", { RoleArn: "scheduler" }, "regular expression"],
    ["a member that is not imitated", { SqsParameters: {} }, "Target.SqsParameters is not imitated"],
    ["too many retries", { RetryPolicy: { MaximumRetryAttempts: 186 } }, "less than or equal to 185"],
    ["a dead-letter queue that is none", { DeadLetterConfig: { Arn: "queue" } }, "regular expression"],
    [
      "a StartExecution request without a state machine",
      { Arn: "arn:aws:scheduler:::aws-sdk:sfn:startExecution", Input: "{}" },
      "StateMachineArn",
    ],
  ])("refuse a target with %s", async (_, change, message) => {
    await expect(
      makeSchedulerBench().create("rate(1 day)", { Target: { ...TO_SYNC, ...change } }),
    ).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(message) as string,
    });
  });

  it("need a window exactly when they are flexible, and an end after the start", async () => {
    const { create } = makeSchedulerBench();
    const date = new Date("2026-02-01T00:00:00Z");

    for (const change of [
      { FlexibleTimeWindow: { Mode: "FLEXIBLE" } } as const,
      { FlexibleTimeWindow: { Mode: "OFF", MaximumWindowInMinutes: 5 } } as const,
      { FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 1441 } } as const,
      { StartDate: date, EndDate: date },
      { KmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/x" },
      { Name: "with space" },
    ]) {
      await expect(create("rate(1 day)", change)).rejects.toMatchObject({ name: "ValidationException" });
    }
  });
});
