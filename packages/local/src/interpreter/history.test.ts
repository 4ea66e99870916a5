import { describe, expect, it } from "vitest";
import { branch, mapOver } from "../../test-support/definitions.ts";
import { lines } from "../../test-support/history-lines.ts";
import { invoke, invokeWithToken, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

const lambdas = {
  ok: () => 1,
  boom: () => {
    throw Object.assign(new Error("boom"), { name: "Boom" });
  },
};
const done = { Done: { Type: "Succeed" } };
const catchAll = [{ ErrorEquals: ["States.ALL"], Next: "Done" }];

async function historyOf(states: Record<string, object>): Promise<string[]> {
  return lines(await run(makeBench(lambdas), machineOf(states)));
}

describe("the history of states that do not fail", () => {
  it("has an entry and an exit of each state, each led to by the one before", async () => {
    const states = {
      A: { Type: "Pass", Next: "B" },
      B: { Type: "Wait", Seconds: 1, Next: "C" },
      C: { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "Done" }] },
      ...done,
    };

    expect(await historyOf(states)).toEqual([
      "1<0 ExecutionStarted",
      "2<0 PassStateEntered A",
      "3<2 PassStateExited A",
      "4<3 WaitStateEntered B",
      "5<4 WaitStateExited B",
      "6<5 ChoiceStateEntered C",
      "7<6 ChoiceStateExited C",
      "8<7 SucceedStateEntered Done",
      "9<8 SucceedStateExited Done",
      "10<9 ExecutionSucceeded",
    ]);
  });

  it("gives the branches of Parallel lines of their own, and continues from the last event of a branch", async () => {
    const wait = { Type: "Wait", Seconds: 5, End: true };
    const P = {
      Type: "Parallel",
      Branches: [branch({ L: wait }), branch({ R: { Type: "Pass", End: true } })],
      End: true,
    };

    expect(await historyOf({ P })).toEqual([
      "1<0 ExecutionStarted",
      "2<0 ParallelStateEntered P",
      "3<2 ParallelStateStarted",
      "4<3 WaitStateEntered L",
      "5<3 PassStateEntered R",
      "6<5 PassStateExited R",
      "7<4 WaitStateExited L",
      "8<7 ParallelStateSucceeded",
      "9<7 ParallelStateExited P",
      "10<9 ExecutionSucceeded",
    ]);
  });

  it("puts the iterations of Map between events of their own", async () => {
    const M = mapOver([1, 2], { I: { Type: "Pass", End: true } }, { MaxConcurrency: 1 });

    expect(await historyOf({ M })).toEqual([
      "1<0 ExecutionStarted",
      "2<0 MapStateEntered M",
      "3<2 MapStateStarted",
      "4<3 MapIterationStarted 0",
      "5<4 PassStateEntered I",
      "6<5 PassStateExited I",
      "7<6 MapIterationSucceeded 0",
      "8<3 MapIterationStarted 1",
      "9<8 PassStateEntered I",
      "10<9 PassStateExited I",
      "11<10 MapIterationSucceeded 1",
      "12<11 MapStateSucceeded",
      "13<11 MapStateExited M",
      "14<13 ExecutionSucceeded",
    ]);
  });

  it("goes from start to end of a Map without items", async () => {
    expect((await historyOf({ M: mapOver([], { I: { Type: "Pass", End: true } }) })).slice(2)).toEqual([
      "3<2 MapStateStarted",
      "4<3 MapStateSucceeded",
      "5<3 MapStateExited M",
      "6<5 ExecutionSucceeded",
    ]);
  });
});

describe("the history of tasks", () => {
  it("has every attempt, and the catcher leaves through the state's exit", async () => {
    const Retry = [{ ErrorEquals: ["Boom"], MaxAttempts: 1 }];

    expect(await historyOf({ A: { ...invoke("boom"), Retry, Catch: catchAll, End: true }, ...done })).toEqual(
      [
        "1<0 ExecutionStarted",
        "2<0 TaskStateEntered A",
        "3<2 TaskScheduled",
        "4<3 TaskStarted",
        "5<4 TaskFailed",
        "6<5 TaskScheduled",
        "7<6 TaskStarted",
        "8<7 TaskFailed",
        "9<8 TaskStateExited A",
        "10<9 SucceedStateEntered Done",
        "11<10 SucceedStateExited Done",
        "12<11 ExecutionSucceeded",
      ],
    );
  });

  it("says that a task waits for its token, and that it waited too long", async () => {
    const A = { ...invokeWithToken("ok"), TimeoutSeconds: 60, HeartbeatSeconds: 10, End: true };
    const finished = await run(makeBench(lambdas), machineOf({ A }));

    expect(lines(finished).slice(2)).toEqual([
      "3<2 TaskScheduled",
      "4<3 TaskStarted",
      "5<4 TaskSubmitted",
      "6<5 TaskTimedOut",
      "7<6 ExecutionFailed",
    ]);
    expect(finished.events[2]?.taskScheduledEventDetails).toMatchObject({
      resourceType: "lambda",
      resource: "invoke.waitForTaskToken",
      region: "eu-central-1",
      timeoutInSeconds: 60,
      heartbeatInSeconds: 10,
    });
    expect(finished.events[5]?.taskTimedOutEventDetails).toEqual({
      resourceType: "lambda",
      resource: "invoke.waitForTaskToken",
      error: "States.HeartbeatTimeout",
    });
  });

  it("has an EvaluationFailed for every attempt, and nothing is scheduled", async () => {
    const Retry = [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }];
    const A = { ...invoke("ok", { x: ["{% $states.input.missing %}"] }), Retry, End: true };
    const finished = await run(makeBench(lambdas), machineOf({ A }));

    expect(lines(finished).slice(1)).toEqual([
      "2<0 TaskStateEntered A",
      "3<2 EvaluationFailed",
      "4<3 EvaluationFailed",
      "5<4 ExecutionFailed",
    ]);
    expect(finished.events[2]?.evaluationFailedEventDetails).toEqual({
      error: "States.QueryEvaluationError",
      cause: finished.cause,
      location: "Arguments/Payload/x[0]",
      state: "A",
    });
  });
});
