import { describe, expect, it } from "vitest";
import {
  type Bench,
  invokeWithToken,
  type Lambdas,
  machineOf,
  makeBench,
  run,
} from "../../test-support/run-machine.ts";

const ask = { ...invokeWithToken("ask"), End: true };

interface Asked {
  readonly token: string;
}

/** A function that is given the token, and answers some time after it has returned. */
function answering(seconds: number, answer: (token: string, bench: Bench) => void): Lambdas {
  return {
    ask: ({ token }: Asked, bench: Bench) => {
      void bench.clock.sleep(seconds * 1000).then(() => answer(token, bench));
      return { asked: true };
    },
  };
}

describe("lambda:invoke.waitForTaskToken", () => {
  it("ends with the output that the answer gives, not with the function's", async () => {
    const lambdas = answering(3600, (taskToken, { local }) =>
      local.sendTaskSuccess({ taskToken, output: '{"approved":true}' }),
    );
    const { result, events, types } = await run(
      makeBench(lambdas),
      machineOf({ A: { ...ask, TimeoutSeconds: 86_400 } }),
    );

    expect(result).toEqual({ approved: true });
    expect(types.slice(2, 6)).toEqual(["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded"]);
    expect(events[4]?.taskSubmittedEventDetails).toMatchObject({
      resource: "invoke.waitForTaskToken",
      output: expect.stringContaining('"asked":true') as string,
    });
  });

  it("takes an answer that comes before the function returns", async () => {
    const bench = makeBench({
      ask: async ({ token }: Asked, { local, clock }: Bench) => {
        local.sendTaskSuccess({ taskToken: token, output: "1" });
        await clock.sleep(1000);
      },
    });
    const { result, types } = await run(bench, machineOf({ A: ask }));

    expect(result).toBe(1);
    expect(types).not.toContain("TaskSubmitted");
  });

  it("fails with the error and cause of the answer, which Retry and Catch see", async () => {
    const lambdas = answering(1, (taskToken, { local }) =>
      local.sendTaskFailure({ taskToken, error: "OperatorDeclined", cause: "not today" }),
    );
    const Catch = [{ ErrorEquals: ["OperatorDeclined"], Next: "B" }];

    expect(
      (await run(makeBench(lambdas), machineOf({ A: { ...ask, Catch }, B: { Type: "Succeed" } }))).result,
    ).toEqual({
      Error: "OperatorDeclined",
      Cause: "not today",
    });
  });

  it("fails at once when the function fails", async () => {
    const bench = makeBench({
      ask: () => {
        throw Object.assign(new Error("no"), { name: "AccessDenied" });
      },
    });

    expect(await run(bench, machineOf({ A: ask }))).toMatchObject({
      status: "FAILED",
      error: "AccessDenied",
    });
  });

  it("times out after two weeks without an answer", async () => {
    const { error, types, startDate, stopDate } = await run(
      makeBench({ ask: () => null }),
      machineOf({ A: { ...ask, TimeoutSeconds: 1_209_600 } }),
    );

    expect(error).toBe("States.Timeout");
    expect(types).toContain("TaskTimedOut");
    expect((Date.parse(stopDate ?? "") - Date.parse(startDate)) / 1000).toBe(1_209_600);
  });

  it("lives as long as heartbeats come, and HeartbeatSeconds longer", async () => {
    const bench = makeBench({
      ask: ({ token }: Asked, { local, clock }: Bench) => {
        void (async () => {
          for (let beats = 0; beats < 5; beats++) {
            await clock.sleep(50_000);
            local.sendTaskHeartbeat({ taskToken: token });
          }
        })();
      },
    });
    const { error, startDate, stopDate } = await run(
      bench,
      machineOf({ A: { ...ask, HeartbeatSeconds: 60, TimeoutSeconds: 3600 } }),
    );

    expect(error).toBe("States.HeartbeatTimeout");
    expect((Date.parse(stopDate ?? "") - Date.parse(startDate)) / 1000).toBe(5 * 50 + 60);
  });

  it("gives a fresh token to every attempt", async () => {
    const tokens: string[] = [];
    const bench = makeBench({
      ask: ({ token }: Asked, { local }: Bench) => {
        tokens.push(token);
        if (tokens.length < 2) local.sendTaskFailure({ taskToken: token, error: "Again" });
        else local.sendTaskSuccess({ taskToken: token, output: "true" });
      },
    });
    await run(bench, machineOf({ A: { ...ask, Retry: [{ ErrorEquals: ["Again"] }] } }));

    expect(new Set(tokens).size).toBe(2);
  });
});

/** A task that was answered once. */
async function answered(): Promise<{ bench: Bench; token: string }> {
  let token = "";
  const bench = makeBench({
    ask: (asked: Asked, { local }: Bench) => {
      token = asked.token;
      local.sendTaskSuccess({ taskToken: token, output: "1" });
    },
  });
  await run(bench, machineOf({ A: ask }));
  return { bench, token };
}

describe("answers that fit no open task", () => {
  it("refuses a second answer with TaskTimedOut", async () => {
    const { bench, token } = await answered();

    expect(() => bench.local.sendTaskSuccess({ taskToken: token, output: "1" })).toThrow(
      expect.objectContaining({ name: "TaskTimedOut" }),
    );
    expect(() => bench.local.sendTaskHeartbeat({ taskToken: token })).toThrow(
      expect.objectContaining({ name: "TaskTimedOut" }),
    );
  });

  it("tells tokens never given out from tokens that cannot be one", () => {
    const { local } = makeBench();

    expect(() => local.sendTaskFailure({ taskToken: "guess" })).toThrow(
      expect.objectContaining({ name: "TaskDoesNotExist" }),
    );
    expect(() => local.sendTaskFailure({ taskToken: "a b" })).toThrow(
      expect.objectContaining({ name: "InvalidToken" }),
    );
  });

  it("refuses an output that is not JSON and leaves the task open", async () => {
    const bench = makeBench({
      ask: ({ token }: Asked, { local }: Bench) => {
        expect(() => local.sendTaskSuccess({ taskToken: token, output: "{" })).toThrow(
          expect.objectContaining({ name: "InvalidOutput" }),
        );
        local.sendTaskSuccess({ taskToken: token, output: "2" });
      },
    });

    expect((await run(bench, machineOf({ A: ask }))).result).toBe(2);
  });
});
