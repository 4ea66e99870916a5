import { describe, expect, it } from "vitest";
import { branch, mapOver } from "../../test-support/definitions.ts";
import { lines } from "../../test-support/history-lines.ts";
import { invoke, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

const lambdas = {
  boom: () => {
    throw Object.assign(new Error("boom"), { name: "Boom" });
  },
  never: () => new Promise(() => undefined),
};
const done = { Done: { Type: "Succeed" } };
const fail = { Type: "Fail", Error: "MyError", Cause: "my cause" };
const undefinedOutput = { Type: "Pass", Output: { v: "{% $states.input.missing %}" }, End: true };
const catchAll = [{ ErrorEquals: ["States.ALL"], Next: "Done" }];

async function historyOf(states: Record<string, object>): Promise<string[]> {
  return lines(await run(makeBench(lambdas), machineOf(states)));
}

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

  it("notes a task that ends its branch as aborted, outside the line", async () => {
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

  it("notes no iteration whose ItemSelector fails, for it has not started", async () => {
    const ItemSelector = { v: "{% $states.context.Map.Item.Value.v %}" };
    const wait = { W: { Type: "Wait", Seconds: 60, End: true } };
    const M = mapOver([{ v: 1 }, {}], wait, { ItemSelector });
    const history = await historyOf({ M });

    expect(
      history.filter((line) => /MapIteration/.test(line)).map((line) => line.split(" ").slice(1)),
    ).toEqual([
      ["MapIterationStarted", "0"],
      ["MapIterationAborted", "0"],
    ]);
    expect(history.slice(-3).map((line) => line.split(" ")[1])).toEqual([
      "EvaluationFailed",
      "MapStateFailed",
      "ExecutionFailed",
    ]);
  });

  it("notes nothing more for States.Runtime, which ends the execution at once", async () => {
    const stuck = { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "E" }] };
    const M = { ...mapOver([1], { I: stuck, E: { Type: "Succeed" } }), Catch: catchAll };
    const wait = { Type: "Wait", Seconds: 60, End: true };
    const P = {
      Type: "Parallel",
      Branches: [
        branch({ W: wait }),
        branch({
          S: { Type: "Wait", Seconds: 1, Next: "J" },
          J: { ...stuck, Choices: [{ Condition: "{% false %}", Next: "S" }] },
        }),
      ],
      End: true,
    };

    expect((await historyOf({ M, ...done })).slice(2)).toEqual([
      "3<2 MapStateStarted",
      "4<3 MapIterationStarted 0",
      "5<4 ChoiceStateEntered I",
      "6<5 ExecutionFailed",
    ]);
    expect((await historyOf({ P })).slice(3)).toEqual([
      "4<3 WaitStateEntered W",
      "5<3 WaitStateEntered S",
      "6<5 WaitStateExited S",
      "7<6 ChoiceStateEntered J",
      "8<7 ExecutionFailed",
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
