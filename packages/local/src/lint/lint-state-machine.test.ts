import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import { invoke, invokeWithToken, machineOf } from "../../test-support/run-machine.ts";
import { JSONATA_FUNCTIONS } from "./known-functions.ts";
import { lintStateMachine } from "./lint-state-machine.ts";

function lint(state: object, others: Record<string, object> = {}): string[] {
  const definition = machineOf({
    X: "Choices" in state ? state : { End: true, ...state },
    End: { Type: "Succeed" },
    ...others,
  });
  return lintStateMachine(definition).map(({ path, message }) => `${path} ${message}`);
}

function inner(state: object): object {
  const In = { Type: "Pass", End: true, ...state };
  return { Type: "Parallel", Branches: [{ StartAt: "In", States: { In } }] };
}

const ask = { ...invokeWithToken("f"), TimeoutSeconds: 60 };
const all = ["States.ALL"];

describe("lintStateMachine", () => {
  it("reports what the runner refuses, and only that", () => {
    expect(lintStateMachine({ ...machineOf({ X: { Type: "Pass", Foo: 1, End: true } }) })).toEqual([
      { path: "$.States.X.Foo", message: "is not supported here" },
    ]);
  });

  it("wants States.ALL alone and last", () => {
    const wrong = {
      ...invoke("f"),
      Retry: [{ ErrorEquals: all }, { ErrorEquals: ["A"] }],
      Catch: [{ ErrorEquals: ["A", ...all], Next: "End" }],
    };
    expect(lint(wrong)).toEqual([
      "$.States.X.Retry[0].ErrorEquals must come last, for it names States.ALL",
      "$.States.X.Catch[0].ErrorEquals must name States.ALL alone",
    ]);

    expect(lint({ ...invoke("f"), Retry: [{ ErrorEquals: ["A"] }, { ErrorEquals: all }] })).toEqual([]);
  });

  it("wants variables assigned somewhere in the scope or around it", () => {
    expect(lint({ Type: "Pass", Output: { a: "{% $nope + 1 %}" } })).toEqual([
      "$.States.X.Output.a reads $nope, which no state here or around assigns",
    ]);
    expect(lint({ Type: "Pass", Assign: { known: 1 }, Output: "{% $known %}" })).toEqual([]);
    expect(
      lint(
        {
          Type: "Choice",
          Choices: [{ Condition: "{% true %}", Next: "End", Assign: { known: 1 } }],
        },
        { Y: { Type: "Pass", Output: "{% $known %}", End: true } },
      ),
    ).toEqual([]);
  });

  it("lets inner scopes read outer variables, not the other way round", () => {
    expect(lint({ ...inner({ Output: "{% $outer %}" }), Assign: { outer: 1 } })).toEqual([]);
    expect(lint({ ...inner({ Assign: { inner: 1 } }), Output: "{% $inner %}" })).toEqual([
      "$.States.X.Output reads $inner, which no state here or around assigns",
    ]);
  });

  it("knows what expressions bind themselves and what JSONata and Step Functions offer", () => {
    const fine =
      "($f := function($a) { $a + 1 }; [$map($states.input.l, $f), $hash('a', 'MD5'), $states.input.l@$v#$i.{'v': $v, 'i': $i}, $.x, $$.y, $now()])";
    expect(lint({ Type: "Pass", Output: `{% ${fine} %}` })).toEqual([]);
    expect(lint({ Type: "Pass", Output: "{% $eval('1') %}" })).toHaveLength(1);
  });

  it("knows every function of the installed JSONata, and no other", async () => {
    for (const name of JSONATA_FUNCTIONS) {
      expect([name, await jsonata(`$type($${name})`).evaluate(undefined)]).toEqual([name, "function"]);
    }
  });

  it("wants $states.result only where a state has ended well", () => {
    const condition = [{ Condition: "{% $states.result.ok %}", Next: "End" }];
    expect(lint({ Type: "Choice", Choices: condition })).toEqual([
      "$.States.X.Choices[0].Condition reads $states.result, which does not exist here",
    ]);
    expect(lint({ ...invoke("f", "{% $states.result %}") })).toHaveLength(1);
    expect(lint({ Type: "Pass", Output: "{% $states.result %}" })).toHaveLength(1);
    expect(
      lint({ ...invoke("f"), Output: "{% $states.result %}", Assign: { a: "{% $states.result %}" } }),
    ).toEqual([]);
  });

  it("wants $states.errorOutput only in catchers", () => {
    const caught = { ErrorEquals: ["E"], Next: "End", Output: "{% $states.errorOutput.Cause %}" };
    expect(lint({ ...invoke("f"), Catch: [caught] })).toEqual([]);
    expect(lint({ ...invoke("f"), Output: "{% $states.errorOutput %}" })).toHaveLength(1);
    expect(lint({ ...invoke("f"), Catch: [{ ...caught, Output: "{% $states.result %}" }] })).toHaveLength(1);
  });

  it("wants heartbeats shorter than the timeout", () => {
    expect(lint({ ...ask, HeartbeatSeconds: 60 })).toEqual([
      "$.States.X.HeartbeatSeconds must be less than TimeoutSeconds, 60",
    ]);
    expect(lint({ ...ask, HeartbeatSeconds: 59 })).toEqual([]);
  });

  it("wants a task with a token to pass it on", () => {
    expect(lint({ ...ask, Arguments: { FunctionName: "f" } })).toEqual([
      "$.States.X.Arguments must pass on $states.context.Task.Token, or nobody can answer",
    ]);
    expect(lint(ask)).toEqual([]);
  });

  it("wants a task with a token to end some day", () => {
    expect(lint(invokeWithToken("f"))).toEqual([
      expect.stringContaining("$.States.X must have TimeoutSeconds"),
    ]);
    expect(lint({ ...ask, TimeoutSeconds: "{% $states.input.seconds %}" })).toEqual([]);
  });

  it("refuses to assign $states", () => {
    expect(lint({ Type: "Pass", Assign: { states: 1 } })).toEqual([
      "$.States.X.Assign.states is reserved: $states belongs to Step Functions",
    ]);
  });
});
