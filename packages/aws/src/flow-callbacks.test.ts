import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { awsOn, refusal } from "../test-support/fake-aws.ts";

const TOKEN = "AQCEAAAAKgAAAAMAAAAAAAAAAf-task-token";
const EXECUTION = "arn:aws:states:eu-central-1:111122223333:execution:landbridge-production-connect:one";
const WAITING = { resourceType: "lambda", resource: "invoke.waitForTaskToken" };
const at = { id: 3, timestamp: 102 };
const SUCCEEDED = [{ ...at, type: "TaskSucceeded", taskSucceededEventDetails: WAITING }];
const FAILED = [
  { ...at, type: "TaskFailed", taskFailedEventDetails: { ...WAITING, error: "OperatorDeclined" } },
];
const TIMED_OUT = [
  { ...at, type: "TaskTimedOut", taskTimedOutEventDetails: { ...WAITING, error: "States.HeartbeatTimeout" } },
];
const ABORTED = [{ ...at, type: "ExecutionAborted", executionAbortedEventDetails: {} }];

describe("flow callbacks", () => {
  it("answers a waiting state with the output as JSON", async () => {
    const { callbacks, requests } = awsOn({ SendTaskSuccess: {} });
    await callbacks.succeed(TOKEN, { accepted: true });
    expect(requests).toMatchObject([
      {
        target: "AWSStepFunctions.SendTaskSuccess",
        body: { taskToken: TOKEN, output: '{"accepted":true}' },
      },
    ]);
  });

  it("answers with null when there is nothing to say, since Step Functions wants JSON", async () => {
    const { callbacks, sent } = awsOn({ SendTaskSuccess: {} });
    await callbacks.succeed(TOKEN, undefined);
    expect(sent("SendTaskSuccess")).toEqual([{ taskToken: TOKEN, output: "null" }]);
  });

  it("fails a waiting state by error name and cause, cut to what Step Functions takes", async () => {
    const { callbacks, sent } = awsOn({ SendTaskFailure: {} });
    await callbacks.fail(TOKEN, "OperatorDeclined", "x".repeat(40_000));
    expect(sent("SendTaskFailure")).toEqual([
      { taskToken: TOKEN, error: "OperatorDeclined", cause: "x".repeat(32_768) },
    ]);
  });

  it.each(["TaskDoesNotExist", "TaskTimedOut", "InvalidToken"])(
    "says TaskNotFound without the token when AWS says %s",
    async (name) => {
      const { callbacks } = awsOn({ SendTaskSuccess: refusal(name, `Invalid token ${TOKEN}`) });
      const error: unknown = await callbacks.succeed(TOKEN, {}).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "TaskNotFound" });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(TOKEN);
    },
  );

  it.each([
    ["answered", SUCCEEDED, { error: null }],
    ["failed by name", FAILED, { error: "OperatorDeclined" }],
    ["over time", TIMED_OUT, { error: "States.HeartbeatTimeout" }],
    ["cut off with its run", ABORTED, { error: "ExecutionAborted" }],
    ["still on", [], null],
  ])(
    "reads that a wait was %s, and takes neither earlier waits nor other tasks for it",
    async (_, end, expected) => {
      const before = { ...SUCCEEDED[0], id: 1, timestamp: 99 };
      const other = {
        id: 2,
        timestamp: 101,
        type: "TaskSucceeded",
        taskSucceededEventDetails: { resourceType: "lambda", resource: "invoke" },
      };
      const { callbacks, sent } = awsOn({ GetExecutionHistory: { events: [before, other, ...end] } });
      expect(await callbacks.endOfWait(EXECUTION, 100_000)).toEqual(expected);
      expect(sent("GetExecutionHistory")).toMatchObject([{ executionArn: EXECUTION }]);
    },
  );

  it("counts a run that AWS has forgotten as one that waits no more", async () => {
    const { callbacks } = awsOn({ GetExecutionHistory: refusal("ExecutionDoesNotExist") });
    expect(await callbacks.endOfWait(EXECUTION, 0)).toEqual({ error: "ExecutionDoesNotExist" });
  });

  it("lets an output that Step Functions refuses surface as it is", async () => {
    const { callbacks } = awsOn({ SendTaskSuccess: refusal("InvalidOutput") });
    await expect(callbacks.succeed(TOKEN, {})).rejects.toMatchObject({ name: "InvalidOutput" });
  });
});
