import { describe, expect, it } from "vitest";
import { branch, mapOver } from "../../test-support/definitions.ts";
import {
  type Bench,
  finished,
  invoke,
  type Lambdas,
  machineOf,
  makeBench,
  run,
} from "../../test-support/run-machine.ts";

const DAY = 86_400_000;

/** A function `f` that fails for the names in `broken`, and what it was called with. */
function makeFlaky(...names: unknown[]): { lambdas: Lambdas; calls: unknown[]; broken: Set<unknown> } {
  const calls: unknown[] = [];
  const broken = new Set(names);
  const f = (name: unknown) => {
    calls.push(name);
    if (broken.has(name)) throw Object.assign(new Error("not yet"), { name: "Broken" });
    return name;
  };
  return { lambdas: { f }, calls, broken };
}

function call(name: unknown, fields: object = { End: true }): object {
  return { ...invoke("f", name), Output: "{% $states.result.Payload %}", ...fields };
}

async function redriven({ local, clock }: Bench, executionArn: string) {
  local.redriveExecution({ executionArn });
  return finished({ local, clock }, executionArn);
}

describe("redriveExecution", () => {
  it("continues from the state that failed, with its input and the variables of that time", async () => {
    const { lambdas, calls, broken } = makeFlaky("second");
    const bench = makeBench(lambdas);
    const definition = machineOf({
      A: call("first", { Assign: { a: 1 }, Next: "B" }),
      B: call("second", {
        Output: ["{% $states.input %}", "{% $a %}", "{% $states.context.Execution.RedriveCount %}"],
        End: true,
      }),
    });
    const failed = await run(bench, definition);
    expect(failed).toMatchObject({ status: "FAILED", redriveStatus: "REDRIVABLE", redriveCount: 0 });
    broken.clear();
    const ended = await redriven(bench, failed.executionArn);

    expect(ended).toMatchObject({ status: "SUCCEEDED", result: ["first", 1, 1], redriveCount: 1 });
    expect(calls).toEqual(["first", "second", "second"]);
    expect(ended.error).toBeUndefined();
  });

  it("continues the history: ExecutionRedriven, and the task is scheduled again", async () => {
    const { lambdas, broken } = makeFlaky("x");
    const bench = makeBench(lambdas);
    const failed = await run(bench, machineOf({ A: call("x") }));
    broken.clear();
    const { events, redriveDate } = await redriven(bench, failed.executionArn);

    expect(
      events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`).slice(4),
    ).toEqual([
      "5<4 TaskFailed",
      "6<5 ExecutionFailed",
      "7<6 ExecutionRedriven",
      "8<7 TaskScheduled",
      "9<8 TaskStarted",
      "10<9 TaskSucceeded",
      "11<10 TaskStateExited",
      "12<11 ExecutionSucceeded",
    ]);
    expect(events[6]).toMatchObject({
      timestamp: redriveDate,
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
  });

  it("runs only the branches and iterations again that did not end well", async () => {
    const { lambdas, calls, broken } = makeFlaky("R2", 2);
    const bench = makeBench(lambdas);
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Branches: [
          branch({ L: call("L") }),
          branch({ R1: call("R1", { Next: "R2" }), R2: call("R2") }),
          branch({ S: { Type: "Wait", Seconds: 9, Next: "T" }, T: call("T") }),
        ],
        Next: "M",
      },
      M: { ...mapOver("{% [1, 2, 3] %}", { I: call("{% $states.input %}") }, { MaxConcurrency: 1 }) },
    });
    const first = await run(bench, definition);
    expect(calls.splice(0)).toEqual(["L", "R1", "R2"]);
    broken.delete("R2");
    const second = await redriven(bench, first.executionArn);
    expect(second.status).toBe("FAILED");
    expect(calls.splice(0)).toEqual(["R2", "T", 1, 2]);
    broken.clear();
    const third = await redriven(bench, first.executionArn);

    expect(calls).toEqual([2, 3]);
    expect(third).toMatchObject({ status: "SUCCEEDED", result: [1, 2, 3], redriveCount: 2 });
  });

  it("runs all iterations again after States.DataLimitExceeded", async () => {
    const { lambdas, calls } = makeFlaky();
    const bench = makeBench(lambdas);
    const large = call("{% $states.input %}", { Output: "{% $pad('', 150000, 'x') %}", End: true });
    const failed = await run(bench, machineOf({ M: mapOver([1, 2], { I: large }) }));
    expect(failed.error).toBe("States.DataLimitExceeded");
    await redriven(bench, failed.executionArn);

    expect(calls).toEqual([1, 2, 1, 2]);
  });

  it("enters a Fail state again, counts retries from zero, and starts the time of the state machine again", async () => {
    const bench = makeBench();
    const failing = await run(bench, machineOf({ F: { Type: "Fail", Error: "E" } }));
    const again = await redriven(bench, failing.executionArn);
    expect(again.types.slice(-3)).toEqual(["ExecutionRedriven", "FailStateEntered", "ExecutionFailed"]);

    const { lambdas, calls } = makeFlaky("x");
    const retrying = makeBench(lambdas);
    const Retry = [{ ErrorEquals: ["Broken"], MaxAttempts: 2 }];
    const { executionArn } = await run(retrying, machineOf({ A: call("x", { Retry, End: true }) }));
    await redriven(retrying, executionArn);
    expect(calls).toHaveLength(6);

    const slow = makeBench();
    const wait = { Type: "Wait", Timestamp: "2026-01-01T00:01:30Z", End: true };
    const late = await run(slow, machineOf({ A: wait }, { TimeoutSeconds: 60 }));
    expect(late.status).toBe("TIMED_OUT");
    expect((await redriven(slow, late.executionArn)).status).toBe("SUCCEEDED");
  });

  it("keeps the definition of the first start", async () => {
    const { lambdas, broken } = makeFlaky("x");
    const bench = makeBench(lambdas);
    const { executionArn, stateMachineArn } = await run(bench, machineOf({ A: call("x") }));
    bench.local.updateStateMachine({
      stateMachineArn,
      definition: machineOf({ Z: { Type: "Pass", Output: "new", End: true } }),
    });
    broken.clear();

    expect((await redriven(bench, executionArn)).result).toBe("x");
  });

  it("redrives once for one client token within 15 minutes", async () => {
    const { lambdas, calls } = makeFlaky("x");
    const bench = makeBench(lambdas);
    const { executionArn } = await run(bench, machineOf({ A: call("x") }));
    const request = { executionArn, clientToken: "token" };
    const first = bench.local.redriveExecution(request);
    await bench.local.untilEnded(executionArn);
    await bench.clock.sleep(60_000);

    expect(bench.local.redriveExecution(request)).toEqual(first);
    expect(calls).toHaveLength(2);
    await bench.clock.sleep(15 * 60_000);
    expect(bench.local.redriveExecution(request)).not.toEqual(first);
  });

  it("lets a stopped execution continue", async () => {
    const bench = makeBench();
    const wait = machineOf({
      A: { Type: "Wait", Seconds: 3600, Next: "B" },
      B: { Type: "Pass", Output: "end", End: true },
    });
    const stateMachineArn = bench.local.createStateMachine("flow", wait);
    const { executionArn } = bench.local.startExecution({ stateMachineArn });
    await new Promise((resolve) => queueMicrotask(() => resolve(null)));
    bench.local.stopExecution({ executionArn });

    expect((await redriven(bench, executionArn)).result).toBe("end");
  });
});

describe("an execution that is stopped and redriven at once", () => {
  it("hears nothing more of what ran before, at whatever moment", async () => {
    const bench = makeBench();
    const stuck = { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "B" }] };
    const stateMachineArn = bench.local.createStateMachine(
      "flow",
      machineOf({ A: stuck, B: { Type: "Succeed" } }),
    );
    for (let turns = 0; turns < 30; turns++) {
      const { executionArn } = bench.local.startExecution({ stateMachineArn });
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      bench.local.stopExecution({ executionArn });
      const { events, error } = await redriven(bench, executionArn);
      const redrive = events.find(({ type }) => type === "ExecutionRedriven")?.id ?? 0;

      expect(error).toBe("States.Runtime");
      expect(events.at(-1)?.previousEventId).toBeGreaterThanOrEqual(redrive);
      expect(events.filter(({ type }) => type === "ExecutionFailed")).toHaveLength(
        events.some(({ type }) => type === "ExecutionAborted") ? 1 : 2,
      );
    }
  });
});

describe("redriveStatus", () => {
  it("says why an execution cannot be redriven, and redriveExecution refuses it", async () => {
    const bench = makeBench();
    const ok = await run(bench, machineOf({ A: { Type: "Pass", End: true } }));
    expect(ok).toMatchObject({
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
    expect(() => bench.local.redriveExecution(ok)).toThrow(
      expect.objectContaining({ name: "ExecutionNotRedrivable" }),
    );

    const failing = makeBench();
    const { executionArn } = await run(failing, machineOf({ A: { Type: "Fail" } }));
    await failing.clock.sleep(14 * DAY);
    expect(failing.local.describeExecution(executionArn).redriveStatus).toBe("REDRIVABLE");
    await failing.clock.sleep(1);
    expect(failing.local.describeExecution(executionArn).redriveStatusReason).toBe(
      "Execution redrivable period exceeded",
    );
  });

  it("needs place in the history", async () => {
    const loop = machineOf({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" } });

    expect((await run(makeBench(), loop)).redriveStatusReason).toBe("Execution history event limit exceeded");
  });
});
