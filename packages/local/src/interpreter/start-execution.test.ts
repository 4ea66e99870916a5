import { describe, expect, it } from "vitest";
import { type Bench, finished, type Finished, machineOf, makeBench } from "../../test-support/run-machine.ts";

const CHILD_ARN = "arn:aws:states:eu-central-1:111122223333:stateMachine:child";

function startChild(fields: object = {}): object {
  return {
    Type: "Task",
    Resource: "arn:aws:states:::states:startExecution.sync:2",
    Arguments: { StateMachineArn: CHILD_ARN, Input: { n: "{% $states.input.n %}" } },
    End: true,
    ...fields,
  };
}

async function runParent(bench: Bench, child: object, parent: object): Promise<Finished> {
  bench.local.createStateMachine("child", machineOf({ Child: child }));
  const stateMachineArn = bench.local.createStateMachine(
    "parent",
    machineOf({ Start: parent, Caught: { Type: "Succeed" } }),
  );
  return finished(bench, bench.local.startExecution({ stateMachineArn, input: '{"n":2}' }).executionArn);
}

describe("states:startExecution.sync:2", () => {
  it("runs the other state machine and gives its description, with output as JSON", async () => {
    const bench = makeBench();
    const child = { Type: "Pass", Output: { twice: "{% $states.input.n * 2 %}" }, End: true };
    const { result, events } = await runParent(bench, child, startChild());

    const executionArn = `arn:aws:states:eu-central-1:111122223333:execution:child:id-3`;
    expect(result).toMatchObject({
      ExecutionArn: executionArn,
      StateMachineArn: CHILD_ARN,
      Status: "SUCCEEDED",
      Input: { n: 2 },
      Output: { twice: 4 },
      StartDate: Date.parse("2026-01-01T00:00:00Z"),
    });
    const submitted = events.find(({ type }) => type === "TaskSubmitted")?.taskSubmittedEventDetails;
    expect(submitted).toMatchObject({ resourceType: "states", resource: "startExecution.sync:2" });
    expect(JSON.parse(submitted?.output ?? "")).toMatchObject({ ExecutionArn: executionArn });
  });

  it("fails with States.TaskFailed, and the description as the cause", async () => {
    const child = { Type: "Fail", Error: "PlanHeld", Cause: "too much" };
    const { error, cause } = await runParent(makeBench(), child, startChild());

    expect(error).toBe("States.TaskFailed");
    expect(JSON.parse(cause ?? "")).toMatchObject({
      Status: "FAILED",
      Error: "PlanHeld",
      Cause: "too much",
      Input: { n: 2 },
    });
  });

  it("stops the other execution when the task times out", async () => {
    const bench = makeBench();
    const child = { Type: "Wait", Seconds: 3600, End: true };
    const { error } = await runParent(bench, child, startChild({ TimeoutSeconds: 60 }));

    expect(error).toBe("States.Timeout");
    expect(bench.local.listExecutions({ stateMachineArn: CHILD_ARN }).executions).toMatchObject([
      { status: "ABORTED" },
    ]);
  });

  it("names the execution as asked, and fails by AWS's name when that name is taken", async () => {
    const bench = makeBench();
    bench.local.createStateMachine("child", machineOf({ Child: { Type: "Pass", End: true } }));
    bench.local.startExecution({ stateMachineArn: CHILD_ARN, name: "daily", input: '"other"' });
    const Catch = [
      { ErrorEquals: ["StepFunctions.ExecutionAlreadyExistsException"], Output: "taken", Next: "Caught" },
    ];
    const parent = startChild({ Arguments: { StateMachineArn: CHILD_ARN, Name: "daily" }, Catch });

    expect((await runParent(bench, { Type: "Pass", End: true }, parent)).result).toBe("taken");
  });

  it("fails by AWS's name when there is no such state machine", async () => {
    const parent = startChild({ Arguments: { StateMachineArn: `${CHILD_ARN}ren` } });

    expect(await runParent(makeBench(), { Type: "Succeed" }, parent)).toMatchObject({
      error: "StepFunctions.StateMachineDoesNotExistException",
    });
  });
});
