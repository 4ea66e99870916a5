import { describe, expect, it } from "vitest";
import { ERRORS } from "../errors.ts";
import { expandDefinition } from "./expand-definition.ts";

const INVOKE = "arn:aws:states:::lambda:invoke";

function expand(state: object) {
  return expandDefinition({ StartAt: "Step", States: { Step: state } }).States.Step;
}

describe("a state that invokes a function", () => {
  it("invokes the function of its name and retries every retryable error", () => {
    const retryable = Object.entries(ERRORS).filter(([, facts]) => facts.retryable);
    expect(expand({ Type: "Task", Resource: INVOKE, Arguments: { Payload: {} }, End: true })).toMatchObject({
      Arguments: { FunctionName: "${Step}", Payload: {} },
      TimeoutSeconds: 300,
      Retry: [{ ErrorEquals: expect.arrayContaining(retryable.map(([name]) => name)) as string[] }],
    });
  });

  it("keeps what it says itself", () => {
    const own = { TimeoutSeconds: 900, Arguments: { FunctionName: "${Other_Step}" } };
    expect(expand({ Type: "Task", Resource: INVOKE, ...own })).toMatchObject(own);
  });

  it("follows its own Retry first, then the one of all", () => {
    const own = { ErrorEquals: ["Throttled"], MaxAttempts: 1 };
    expect(expand({ Type: "Task", Resource: INVOKE, Retry: [own] })).toMatchObject({
      Retry: [own, { ErrorEquals: expect.arrayContaining(["IncompleteRead"]) as string[] }],
    });
  });

  it("is completed inside Parallel and Map too", () => {
    const inner = { StartAt: "Read", States: { Read: { Type: "Task", Resource: INVOKE } } };
    const completed = { States: { Read: { Arguments: { FunctionName: "${Read}" } } } };
    expect(expand({ Type: "Parallel", Branches: [inner] })).toMatchObject({ Branches: [completed] });
    expect(expand({ Type: "Map", ItemProcessor: inner })).toMatchObject({ ItemProcessor: completed });
  });
});

describe("a state that waits for an operator", () => {
  const waiting = { Type: "Task", Resource: `${INVOKE}.waitForTaskToken` };
  const expiry = { ErrorEquals: ["States.Timeout", "States.HeartbeatTimeout"], Next: "ExpireTask" };

  it("expires, before anything that it catches itself", () => {
    const own = { ErrorEquals: ["States.ALL"], Next: "Undo" };
    expect(expand(waiting)).toMatchObject({ TimeoutSeconds: 14 * 86_400, Catch: [expiry] });
    expect(expand({ ...waiting, Catch: [own] })).toMatchObject({ Catch: [expiry, own] });
  });

  it("does not expire where it catches the timeout itself", () => {
    const own = [{ ErrorEquals: ["OperatorDeclined", "States.Timeout"], Next: "Undo" }];
    expect(expand({ ...waiting, Catch: own })).toMatchObject({ Catch: own });
  });
});

it("leaves other states as they are", () => {
  const wait = { Type: "Wait", Seconds: 60, Next: "Step" };
  expect(expand(wait)).toEqual(wait);
});
