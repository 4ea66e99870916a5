import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { tellApplied } from "./tell-applied.ts";

function told(assignments: object | null) {
  return tellOf(assignments && { assignments });
}

function tellOf(output: object | null) {
  let text = "";
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const report = {
    name: "sync-access",
    executionArn: "arn",
    status: "SUCCEEDED",
    states: [],
    output,
    error: null,
    cause: null,
  } as const;
  return { exitCode: tellApplied({ exitCode: 0, report }, { out }), text };
}

describe("what apply ends with", () => {
  it("says what was changed", () => {
    expect(told({ created: 3, deleted: 1, failed: 0 })).toEqual({
      exitCode: 0,
      text: "Assignments: 3 created, 1 deleted, 0 failed.\n",
    });
  });

  it("is no success when some of the changes failed", () => {
    expect(told({ created: 3, deleted: 1, failed: 2 }).exitCode).toBe(1);
  });

  it.each(["held", "superseded"])("is 3 when the plan is %s, with the reason and the task", (result) => {
    const hold = { because: "Somebody is asked already", executionArn: "arn", taskId: "3f2a" };
    const assignments = { created: 1, deleted: 0, failed: 0 };
    expect(tellOf({ result, hold, assignments })).toEqual({
      exitCode: 3,
      text:
        "Assignments: 1 created, 0 deleted, 0 failed.\n" +
        `The plan is ${result}. Somebody is asked already.\n  npm run landbridge -- tasks show 3f2a\n`,
    });
  });

  it("leaves it at the exit code when the flow says nothing of it", () => {
    expect(told(null)).toEqual({ exitCode: 0, text: "" });
  });
});
