import { describe, expect, it } from "vitest";
import { fakeClock, fakeHandler } from "../test-support/fake-aws.ts";
import { openExecutions } from "./ports.ts";

const PREFIX = "arn:aws:states:eu-central-1:111122223333:stateMachine:landbridge-production-";
const OURS = "arn:aws:states:eu-central-1:111122223333:execution:landbridge-production-connect:one";

describe("executions", () => {
  it.each([
    ["of another product", OURS.replace("landbridge-production-connect", "payroll")],
    ["of another stage", OURS.replace("production", "staging")],
    ["of another account", OURS.replace("111122223333", "444455556666")],
    ["of another region", OURS.replace("eu-central-1", "us-east-1")],
    ["that is a state machine", `${PREFIX}connect`],
  ])("are neither read nor stopped when they are those %s, and AWS is not asked", async (_, arn) => {
    const { requestHandler, requests } = fakeHandler({});
    const executions = openExecutions({ region: "eu-central-1", clock: fakeClock(), requestHandler }, PREFIX);
    await expect(executions.read(arn)).rejects.toMatchObject({ name: "ExecutionNotFound" });
    await expect(executions.status(arn)).rejects.toMatchObject({ name: "ExecutionNotFound" });
    await expect(executions.stop(arn, "because")).rejects.toMatchObject({ name: "ExecutionNotFound" });
    expect(requests).toEqual([]);
  });

  it("are stopped when they are the deployment's own", async () => {
    const { requestHandler, requests } = fakeHandler({ StopExecution: { stopDate: 1_760_000_000 } });
    const executions = openExecutions({ region: "eu-central-1", clock: fakeClock(), requestHandler }, PREFIX);
    await executions.stop(OURS, "because");
    expect(requests).toMatchObject([{ body: { executionArn: OURS, cause: "because" } }]);
  });
});
