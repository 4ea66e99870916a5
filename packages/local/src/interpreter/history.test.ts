import { describe, expect, it } from "vitest";
import { branch, mapOver } from "../testing/definitions.ts";
import { invoke, invokeWithToken, machineOf, makeBench, run, type Finished } from "../testing/run-machine.ts";

/** Every event as `id < previous type what`. */
function lines({ events }: Finished): string[] {
  return events.map((event) => {
    const { id, previousEventId, type, stateEnteredEventDetails, stateExitedEventDetails } = event;
    const name = (stateEnteredEventDetails ?? stateExitedEventDetails)?.name;
    const iteration = Object.entries(event).find(([member]) => member.startsWith("mapIteration"))?.[1] as
      | { index: number }
      | undefined;
    return [`${id}<${previousEventId}`, type, name ?? iteration?.index]
      .filter((x) => x !== undefined)
      .join(" ");
  });
}

async function historyOf(states: Record<string, object>, input: unknown = {}): Promise<string[]> {
  return lines(await run(makeBench(lambdas), machineOf(states), input));
}

const lambdas = {
  ok: () => 1,
  boom: () => {
    throw Object.assign(new Error("boom"), { name: "Boom" });
  },
  never: () => new Promise(() => undefined),
};
const done = { Done: { Type: "Succeed" } };
const fail = { Type: "Fail", Error: "MyError", Cause: "my cause" };
const undefinedOutput = { Type: "Pass", Output: { v: "{% $states.input.missing %}" }, End: true };
const catchAll = [{ ErrorEquals: ["States.ALL"], Next: "Done" }];

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

  it("gives the branches of Parallel lines of their own, and goes on from the last event of a branch", async () => {
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

describe("the history of failures inside", () => {
  it("notes that a Parallel failed once no retry is left, also when it is caught", async () => {
    const Retry = [{ ErrorEquals: ["States.ALL"], MaxAttempts: 1 }];
    const P = { Type: "Parallel", Branches: [branch({ Boom: fail })], Retry, Catch: catchAll, End: true };

    expect(await historyOf({ P, ...done })).toEqual([
      "1<0 ExecutionStarted",
      "2<0 ParallelStateEntered P",
      "3<2 ParallelStateStarted",
      "4<3 FailStateEntered Boom",
      "5<4 ParallelStateStarted",
      "6<5 FailStateEntered Boom",
      "7<6 ParallelStateFailed",
      "8<7 ParallelStateExited P",
      "9<8 SucceedStateEntered Done",
      "10<9 SucceedStateExited Done",
      "11<10 ExecutionSucceeded",
    ]);
  });

  it("notes a task that ends its branch as aborted, beside the line", async () => {
    const P = { Type: "Parallel", Branches: [branch({ T: { ...invoke("boom"), End: true } })], End: true };

    expect((await historyOf({ P })).slice(5)).toEqual([
      "6<5 TaskStarted",
      "7<6 TaskFailed",
      "8<7 TaskStateAborted",
      "9<7 ParallelStateFailed",
      "10<9 ExecutionFailed",
    ]);
  });

  it("notes what a failure cuts short, branch by branch, from outside in", async () => {
    const wait = { Type: "Wait", Seconds: 60, End: true };
    const slow = { ...invoke("never"), End: true };
    const P = {
      Type: "Parallel",
      Branches: [
        branch({ M: mapOver([1, 2], { W: wait }) }),
        branch({ T: slow }),
        branch({ S: { Type: "Wait", Seconds: 5, Next: "Boom" }, Boom: fail }),
      ],
      End: true,
    };
    const history = await historyOf({ P });
    const failure = history.findIndex((line) => line.endsWith("FailStateEntered Boom"));
    const id = failure + 1;

    expect(history.slice(failure + 1).map((line) => line.replace(/^\d+</, ""))).toEqual([
      `${id} MapStateAborted`,
      `${id} MapIterationAborted 0`,
      `${id} WaitStateAborted`,
      `${id} MapIterationAborted 1`,
      `${id} WaitStateAborted`,
      `${id} TaskStateAborted`,
      `${id} ParallelStateFailed`,
      `${history.length - 1} ExecutionFailed`,
    ]);
  });

  it("notes the iteration that failed after those it cut short", async () => {
    const I = {
      Type: "Choice",
      Choices: [{ Condition: "{% $states.input = 2 %}", Next: "Boom" }],
      Default: "W",
    };
    const M = mapOver([1, 2], { I, W: { Type: "Wait", Seconds: 60, End: true }, Boom: fail });
    const history = await historyOf({ M });
    const failure = history.findIndex((line) => line.endsWith("FailStateEntered Boom"));
    const id = failure + 1;

    expect(history.slice(failure + 1).map((line) => line.replace(/^\d+</, ""))).toEqual([
      `${id} MapIterationAborted 0`,
      `${id} WaitStateAborted`,
      `${id} MapIterationFailed 1`,
      `${id} MapStateFailed`,
      `${history.length - 1} ExecutionFailed`,
    ]);
  });

  it("notes nothing more for States.Runtime, which ends the execution at once", async () => {
    const stuck = { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "E" }] };
    const M = { ...mapOver([1], { I: stuck, E: { Type: "Succeed" } }), Catch: catchAll };

    expect((await historyOf({ M, ...done })).slice(2)).toEqual([
      "3<2 MapStateStarted",
      "4<3 MapIterationStarted 0",
      "5<4 ChoiceStateEntered I",
      "6<5 ExecutionFailed",
    ]);
  });

  it("fails the state a second time when its catcher fails", async () => {
    const Catch = [
      { ErrorEquals: ["States.ALL"], Output: { v: "{% $states.input.missing %}" }, Next: "Done" },
    ];
    const finished = await run(
      makeBench(),
      machineOf({ P: { Type: "Parallel", Branches: [branch({ Boom: fail })], Catch, End: true }, ...done }),
    );

    expect(lines(finished).slice(3)).toEqual([
      "4<3 FailStateEntered Boom",
      "5<4 ParallelStateFailed",
      "6<4 EvaluationFailed",
      "7<6 ParallelStateFailed",
      "8<7 ExecutionFailed",
    ]);
    expect(finished.events[5]?.evaluationFailedEventDetails).toMatchObject({
      location: "Catch[0]/Output/v",
      state: "P",
    });
  });

  it("names in the cause the innermost state, and the event by which it was entered", async () => {
    const { cause } = await run(makeBench(), machineOf({ M: mapOver([1], { Undef: undefinedOutput }) }));

    expect(cause).toBe(
      "An error occurred while executing the state 'Undef' (entered at the event id #5). The JSONata expression " +
        "'$states.input.missing' specified for the field 'Output/v' returned nothing (undefined).",
    );
  });
});
