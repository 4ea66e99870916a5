import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { FUNCTION_ARN, makeBusBench, QUEUE_ARN, TO_SYNC } from "../../test-support/bus-bench.ts";

const EventPattern = '{"source":["landbridge"]}';
const to = (Id: string): Target => ({ Id, Arn: FUNCTION_ARN });

describe("rules, through the AWS SDK", () => {
  it("are made, described, switched and deleted", async () => {
    const { client } = makeBusBench();
    const { RuleArn } = await client.send(
      new PutRuleCommand({ Name: "a", EventPattern, Description: "why" }),
    );
    await client.send(new DisableRuleCommand({ Name: "a" }));

    expect(RuleArn).toBe("arn:aws:events:eu-central-1:111122223333:rule/a");
    expect(await client.send(new DescribeRuleCommand({ Name: "a" }))).toMatchObject({
      Arn: RuleArn,
      EventPattern,
      Description: "why",
      State: "DISABLED",
      EventBusName: "default",
    });

    await client.send(new EnableRuleCommand({ Name: "a", EventBusName: "default" }));
    expect((await client.send(new DescribeRuleCommand({ Name: "a" }))).State).toBe("ENABLED");

    await client.send(new DeleteRuleCommand({ Name: "a" }));
    await client.send(new DeleteRuleCommand({ Name: "a" }));
    await expect(client.send(new DescribeRuleCommand({ Name: "a" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Rule a does not exist on EventBus default.",
    });
  });

  it("keep their targets when they are put again, and nothing else", async () => {
    const { client } = makeBusBench();
    await client.send(new PutRuleCommand({ Name: "a", EventPattern, Description: "why" }));
    await client.send(new PutTargetsCommand({ Rule: "a", Targets: [to("x")] }));
    await client.send(new PutRuleCommand({ Name: "a", EventPattern: '{"source":["other"]}' }));

    const rule = await client.send(new DescribeRuleCommand({ Name: "a" }));
    expect(rule).toMatchObject({ EventPattern: '{"source":["other"]}' });
    expect(rule.Description).toBeUndefined();
    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: "a" }));
    expect(Targets).toEqual([to("x")]);
  });

  it("are listed by prefix, page by page", async () => {
    const { client } = makeBusBench();
    for (const Name of ["sync-b", "other", "sync-a", "sync-c"]) {
      await client.send(new PutRuleCommand({ Name, EventPattern }));
    }
    const first = await client.send(new ListRulesCommand({ NamePrefix: "sync-", Limit: 2 }));
    const second = await client.send(
      new ListRulesCommand({ NamePrefix: "sync-", Limit: 2, NextToken: first.NextToken }),
    );

    expect(first.Rules?.map(({ Name }) => Name)).toEqual(["sync-a", "sync-b"]);
    expect(second.Rules?.map(({ Name }) => Name)).toEqual(["sync-c"]);
    expect(second.NextToken).toBeUndefined();
    await expect(client.send(new ListRulesCommand({ NextToken: "made-up" }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  it("are 300 at most, with 5 targets at most", async () => {
    const { client } = makeBusBench();
    for (let count = 0; count < 300; count += 1) {
      await client.send(new PutRuleCommand({ Name: `rule-${count}`, EventPattern }));
    }
    await client.send(new PutRuleCommand({ Name: "rule-0", EventPattern }));
    await expect(client.send(new PutRuleCommand({ Name: "one-more", EventPattern }))).rejects.toMatchObject({
      name: "LimitExceededException",
    });

    const Targets = ["1", "2", "3", "4", "5"].map(to);
    await client.send(new PutTargetsCommand({ Rule: "rule-0", Targets }));
    await client.send(new PutTargetsCommand({ Rule: "rule-0", Targets: [to("5")] }));
    await expect(
      client.send(new PutTargetsCommand({ Rule: "rule-0", Targets: [to("6")] })),
    ).rejects.toMatchObject({ name: "LimitExceededException" });
  });

  it("lose the targets that are removed, and say which they never had", async () => {
    const { client } = makeBusBench();
    await client.send(new PutRuleCommand({ Name: "a", EventPattern }));
    await client.send(new PutTargetsCommand({ Rule: "a", Targets: [to("x"), to("y")] }));
    await expect(client.send(new DeleteRuleCommand({ Name: "a" }))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Rule can't be deleted since it has targets.",
    });
    const answer = await client.send(new RemoveTargetsCommand({ Rule: "a", Ids: ["x", "z"] }));

    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.FailedEntries).toMatchObject([{ TargetId: "z", ErrorCode: "ResourceNotFoundException" }]);
    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: "a" }));
    expect(Targets).toEqual([to("y")]);
  });

  it.each<[string, Partial<Target>, string]>([
    ["a state machine without a role", { RoleArn: undefined }, "RoleArn is required"],
    ["two kinds of input", { Input: "{}", InputPath: "$" }, "Only one of"],
    ["input that is no JSON", { Input: "{" }, "Input is not JSON"],
    ["a path with a filter", { InputPath: "$.a[?(@.b)]" }, "InputPath"],
    ["an unknown variable", { InputTransformer: { InputTemplate: '"<who>"' } }, "<who>"],
    ["another kind of target", { Arn: QUEUE_ARN }, "packages/local/src/event-bus/coverage.md"],
    [
      "a member that is not imitated",
      { SqsParameters: {} },
      "Targets.1.member.SqsParameters is not imitated",
    ],
    ["too many retries", { RetryPolicy: { MaximumRetryAttempts: 186 } }, "less than or equal to 185"],
    ["too short a life", { RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, "greater than or equal to 60"],
  ])("refuse a target with %s", async (_, change, message) => {
    const { client } = makeBusBench();
    await client.send(new PutRuleCommand({ Name: "a", EventPattern }));
    await expect(
      client.send(new PutTargetsCommand({ Rule: "a", Targets: [{ ...TO_SYNC, ...change }] })),
    ).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(message) as string,
    });
  });

  it("exist on the default bus only, with a pattern only", async () => {
    const { client } = makeBusBench();

    await expect(
      client.send(new PutRuleCommand({ Name: "a", EventPattern, EventBusName: "mine" })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException", message: "Event bus mine does not exist." });
    await expect(client.send(new PutRuleCommand({ Name: "a" }))).rejects.toMatchObject({
      name: "ValidationException",
    });
    await expect(
      client.send(new PutRuleCommand({ Name: "a", ScheduleExpression: "rate(1 day)" })),
    ).rejects.toMatchObject({ message: expect.stringContaining("use EventBridge Scheduler") as string });
    await expect(client.send(new PutRuleCommand({ Name: "a b", EventPattern }))).rejects.toMatchObject({
      message: expect.stringContaining("regular expression") as string,
    });
    await expect(
      client.send(new PutRuleCommand({ Name: "a", EventPattern: '{"source":"x"}' })),
    ).rejects.toMatchObject({
      name: "InvalidEventPatternException",
      message: expect.stringContaining("$.source") as string,
    });
  });

  it("refuse an operation that is not imitated, with the page that says what is", async () => {
    await expect(makeBusBench().client.send(new ListEventBusesCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining("packages/local/src/event-bus/coverage.md") as string,
    });
  });
});

describe("TestEventPattern", () => {
  const event = {
    id: "1",
    account: "111122223333",
    source: "landbridge",
    time: "2026-01-01T00:00:00Z",
    region: "eu-central-1",
    resources: [],
    "detail-type": "Flow ended",
  };

  it("says whether the pattern matches", async () => {
    const { client } = makeBusBench();
    const test = (source: string) =>
      client.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify({ ...event, source }) }));

    expect((await test("landbridge")).Result).toBe(true);
    expect((await test("other")).Result).toBe(false);
  });

  it("wants an event with all that is mandatory", async () => {
    const { region: _, ...incomplete } = event;
    for (const Event of ["{", "[]", JSON.stringify(incomplete)]) {
      await expect(
        makeBusBench().client.send(new TestEventPatternCommand({ EventPattern, Event })),
      ).rejects.toMatchObject({ name: "ValidationException" });
    }
  });
});
