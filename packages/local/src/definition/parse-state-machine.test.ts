import { describe, expect, it } from "vitest";
import { invoke, machineOf } from "../../test-support/run-machine.ts";
import { findDefinitionProblems, parseStateMachine } from "./parse-state-machine.ts";

const end = { Type: "Succeed" };

function pathsOf(definition: unknown): string[] {
  return findDefinitionProblems(definition).map(({ path }) => path);
}

describe("parseStateMachine", () => {
  it("accepts every field that it runs", () => {
    const definition = machineOf(
      {
        Work: {
          ...invoke("f"),
          Comment: "c",
          TimeoutSeconds: 10,
          HeartbeatSeconds: "{% 5 %}",
          Retry: [
            {
              ErrorEquals: ["X"],
              IntervalSeconds: 1,
              MaxAttempts: 0,
              BackoffRate: 1.5,
              MaxDelaySeconds: 9,
              JitterStrategy: "FULL",
            },
          ],
          Catch: [{ ErrorEquals: ["States.ALL"], Assign: { a: 1 }, Output: {}, Next: "Choose" }],
          Next: "Choose",
        },
        Choose: { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "Sleep" }], Default: "Stop" },
        Sleep: { Type: "Wait", Seconds: 1, Next: "Each" },
        Each: {
          Type: "Map",
          Items: [1],
          ItemSelector: {},
          MaxConcurrency: 2,
          ToleratedFailureCount: 1,
          ToleratedFailurePercentage: 10,
          ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, StartAt: "Inner", States: { Inner: end } },
          Next: "Both",
        },
        Both: {
          Type: "Parallel",
          Branches: [{ StartAt: "Left", States: { Left: end } }],
          Arguments: {},
          End: true,
        },
        Stop: { Type: "Fail", Error: "E", Cause: "{% 'c' %}" },
      },
      { TimeoutSeconds: 60, Comment: "c", Version: "1.0" },
    );

    const machine = parseStateMachine("flow", definition);

    expect(machine).toMatchObject({ name: "flow", StartAt: "Work", TimeoutSeconds: 60 });
    expect(JSON.parse(machine.definition)).toEqual(definition);
  });

  it("names the machine, the path and the reason when it refuses", () => {
    const definition = machineOf({ X: { Type: "Pass", ResultPath: "$.a", End: true } });

    expect(() => parseStateMachine("flow", definition)).toThrow(
      "State machine flow is refused:\n$.States.X.ResultPath is not supported here",
    );
  });

  it.each([
    ["JSONPath's Parameters", { ...invoke("f"), Parameters: {}, End: true }, "$.States.X.Parameters"],
    ["SST's Timeout", { ...invoke("f"), Timeout: 3, End: true }, "$.States.X.Timeout"],
    [
      "another Resource",
      { ...invoke("f"), Resource: "arn:aws:states:::sns:publish", End: true },
      "$.States.X.Resource",
    ],
    [
      "a distributed Map",
      mapWith({ ProcessorConfig: { Mode: "DISTRIBUTED" } }),
      "$.States.X.ItemProcessor.ProcessorConfig.Mode",
    ],
    ["an ItemReader", { ...mapWith({}), ItemReader: {} }, "$.States.X.ItemReader"],
    ["an unknown type", { Type: "Loop", End: true }, "$.States.X.Type"],
    [
      "an argument that Lambda would be given",
      { ...invoke("f"), Arguments: { FunctionName: "f", Qualifier: "1" }, End: true },
      "$.States.X.Arguments.Qualifier",
    ],
    [
      "a call of no function",
      { ...invoke("f"), Arguments: {}, End: true },
      "$.States.X.Arguments.FunctionName",
    ],
    ["neither Next nor End", { Type: "Pass" }, "$.States.X"],
    ["both Next and End", { Type: "Pass", Next: "X", End: true }, "$.States.X"],
    ["a Wait for nothing", { Type: "Wait", End: true }, "$.States.X"],
    ["Assign in Succeed", { Type: "Succeed", Assign: {} }, "$.States.X.Assign"],
    ["Retry in Pass", { Type: "Pass", Retry: [{ ErrorEquals: ["E"] }], End: true }, "$.States.X.Retry"],
    ["a reserved variable", { Type: "Pass", Assign: { states: 1 }, End: true }, "$.States.X.Assign.states"],
    [
      "a variable that is no name",
      { Type: "Pass", Assign: { "a-b": 1 }, End: true },
      "$.States.X.Assign.a-b",
    ],
    [
      "an expression that does not parse",
      { Type: "Pass", Output: { a: ["{% 1 + %}"] }, End: true },
      "$.States.X.Output.a[0]",
    ],
    ["an expression that is not closed", { Type: "Pass", Output: "{% 1 ", End: true }, "$.States.X.Output"],
    [
      "a condition that is no expression",
      { Type: "Choice", Choices: [{ Condition: "yes", Next: "X" }] },
      "$.States.X.Choices[0].Condition",
    ],
    [
      "a rule of JSONPath",
      { Type: "Choice", Choices: [{ Variable: "$.a", Next: "X" }] },
      "$.States.X.Choices[0].Condition",
    ],
    ["a missing Next", { Type: "Pass", Next: "Nowhere" }, "$.States.X.Next"],
    [
      "a missing Default",
      { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "X" }], Default: "Nowhere" },
      "$.States.X.Default",
    ],
    [
      "a missing choice",
      { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "Nowhere" }] },
      "$.States.X.Choices[0].Next",
    ],
    [
      "a catcher to nowhere",
      { ...invoke("f"), Catch: [{ ErrorEquals: ["E"], Next: "Nowhere" }], End: true },
      "$.States.X.Catch[0].Next",
    ],
    ["an item processor to nowhere", mapWith({ StartAt: "Nowhere" }), "$.States.X.ItemProcessor.StartAt"],
    ["a name used twice", mapWith({ StartAt: "X", States: { X: end } }), "$.States.X.ItemProcessor.States.X"],
  ])("refuses %s", (_, state, path) => {
    expect(pathsOf(machineOf({ X: state }))).toContain(path);
  });

  it.each([
    ["JSONPath", { ...machineOf({ X: end }), QueryLanguage: "JSONPath" }, "$.QueryLanguage"],
    ["no query language", { StartAt: "X", States: { X: end } }, "$.QueryLanguage"],
    ["a start that does not exist", { ...machineOf({ X: end }), StartAt: "Y" }, "$.StartAt"],
    ["an unknown top-level field", { ...machineOf({ X: end }), Timeout: 1 }, "$.Timeout"],
    ["no states", { QueryLanguage: "JSONata", StartAt: "X", States: {} }, "$.States"],
    ["no object", "text", "$"],
  ])("refuses a machine with %s", (_, definition, path) => {
    expect(pathsOf(definition)).toContain(path);
  });

  it("refuses to assign a variable of an outer scope inside", () => {
    const inner = { Inner: { Type: "Pass", Assign: { total: 2 }, End: true } };
    const definition = machineOf({
      X: { Type: "Pass", Assign: { total: 1 }, Next: "Each" },
      Each: { Type: "Map", Items: [1], ItemProcessor: { StartAt: "Inner", States: inner }, End: true },
    });

    expect(pathsOf(definition)).toEqual(["$.States.Each.ItemProcessor.States.Inner.Assign.total"]);
  });
});

function mapWith(processor: object): object {
  return { Type: "Map", ItemProcessor: { StartAt: "Item", States: { Item: end }, ...processor }, End: true };
}
