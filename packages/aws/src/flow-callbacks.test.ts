import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { awsOn, refusal } from "./fake-aws.ts";

const TOKEN = "AQCEAAAAKgAAAAMAAAAAAAAAAf-task-token";

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

  it("lets an output that Step Functions refuses surface as it is", async () => {
    const { callbacks } = awsOn({ SendTaskSuccess: refusal("InvalidOutput") });
    await expect(callbacks.succeed(TOKEN, {})).rejects.toMatchObject({ name: "InvalidOutput" });
  });
});
