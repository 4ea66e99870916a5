import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { FlowError } from "../errors.ts";
import type { ExecutionStatus } from "../ports/executions.ts";
import { beginSlice, checkSlice, releaseFence, takeFence } from "./fence.ts";

const ONE = { executionArn: "arn:one", redrives: 0 };
const OTHER = { executionArn: "arn:other", redrives: 0 };

function setUp() {
  const statuses: Record<string, ExecutionStatus> = { "arn:one": "RUNNING", "arn:other": "RUNNING" };
  const records = new MemoryRecords();
  const executions = {
    status: (arn: string) => {
      const status = statuses[arn];
      return status ? Promise.resolve(status) : Promise.reject(new FlowError("ExecutionNotFound", arn));
    },
  };
  return { ports: { records, executions }, statuses };
}

describe("the fence", () => {
  it("is had by one run at a time, and its number grows with each taking", async () => {
    const { ports } = setUp();
    expect(await takeFence(ONE, ports)).toEqual({ fence: 1, wasAbandoned: false });
    await expect(takeFence(OTHER, ports)).rejects.toMatchObject({ name: "AnotherRunActive" });
    await releaseFence(1, ports);
    expect(await takeFence(OTHER, ports)).toEqual({ fence: 2, wasAbandoned: false });
  });

  it.each(["ABORTED", "FAILED", "TIMED_OUT", "SUCCEEDED", undefined] as const)(
    "is taken from an execution that is %s",
    async (status) => {
      const { ports, statuses } = setUp();
      await takeFence(ONE, ports);
      if (status) statuses["arn:one"] = status;
      else delete statuses["arn:one"];
      expect(await takeFence(OTHER, ports)).toEqual({ fence: 2, wasAbandoned: true });
    },
  );

  it("is taken from a running execution by a run that pauses all runs", async () => {
    const { ports } = setUp();
    await takeFence(ONE, ports);
    expect(await takeFence(OTHER, ports, { isPausing: true })).toEqual({ fence: 2, wasAbandoned: true });
    await expect(beginSlice({ fence: 1, run: ONE }, "slice", ports)).rejects.toMatchObject({
      name: "RunOvertaken",
    });
  });

  it("is had by one of two who take it at the same moment", async () => {
    const { ports } = setUp();
    const taken = await Promise.allSettled([takeFence(ONE, ports), takeFence(OTHER, ports)]);
    expect(taken.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("lets nobody write who does not have it any more", async () => {
    const { ports } = setUp();
    const overtaken = { name: "RunOvertaken" };
    const { fence } = await takeFence(ONE, ports);
    const mine = { fence, run: ONE };
    await beginSlice(mine, "first", ports);
    await checkSlice(mine, "first", ports);

    // A later invocation of the same state.
    await beginSlice(mine, "second", ports);
    await expect(checkSlice(mine, "first", ports)).rejects.toMatchObject(overtaken);
    // The same execution, redriven.
    const redriven = { fence, run: { ...ONE, redrives: 1 } };
    await expect(beginSlice(redriven, "third", ports)).rejects.toMatchObject(overtaken);
    // After it was released.
    await releaseFence(fence, ports);
    await expect(checkSlice(mine, "second", ports)).rejects.toMatchObject(overtaken);
    await expect(beginSlice(mine, "fourth", ports)).rejects.toMatchObject(overtaken);
    // Another run's.
    await takeFence(OTHER, ports);
    await expect(checkSlice(mine, "second", ports)).rejects.toMatchObject(overtaken);
  });

  it("is not given back by anybody who has lost it", async () => {
    const { ports, statuses } = setUp();
    await takeFence(ONE, ports);
    statuses["arn:one"] = "ABORTED";
    const { fence } = await takeFence(OTHER, ports);
    await releaseFence(1, ports);
    await beginSlice({ fence, run: OTHER }, "mine", ports);
  });
});
