import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { FlowError } from "../errors.ts";
import type { ExecutionDetail, Executions, ExecutionStatus } from "../ports/executions.ts";
import { takeLease } from "./lease.ts";

function aWorld() {
  const statuses = new Map<string, ExecutionStatus>();
  const executions = {
    async read(arn: string) {
      const status = statuses.get(arn);
      if (status === undefined) throw new FlowError("ExecutionNotFound", arn);
      return { status } as ExecutionDetail;
    },
  } as Partial<Executions> as Executions;
  const ports = { records: new MemoryRecords(), clock: new VirtualClock(), executions };
  const take = (executionArn: string) => takeLease({ flow: "rotate-token", executionArn }, ports);
  return { statuses, ports, take };
}

describe("the lease of a rotation", () => {
  it("belongs to the execution that took it for as long as that one runs, however long", async () => {
    const { statuses, ports, take } = aWorld();
    expect(await take("one")).toEqual({ heldBy: null });
    statuses.set("one", "RUNNING");
    await ports.clock.sleep(40 * 86_400_000);
    expect(await take("two")).toEqual({ heldBy: "one" });
    expect(await take("one")).toEqual({ heldBy: null });
  });

  it.each(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const)(
    "is free at once when its holder has %s",
    async (status) => {
      const { statuses, take } = aWorld();
      await take("one");
      statuses.set("one", status);
      expect(await take("two")).toEqual({ heldBy: null });
      statuses.set("two", "RUNNING");
      expect(await take("three")).toEqual({ heldBy: "two" });
    },
  );

  it("does not count as free while Step Functions does not know yet of a holder that has just started", async () => {
    const { ports, take } = aWorld();
    await take("one");
    expect(await take("two")).toEqual({ heldBy: "one" });
    await ports.clock.sleep(61_000);
    expect(await take("two")).toEqual({ heldBy: null });
  });

  it("goes to one of two that take it at the same moment", async () => {
    const { take } = aWorld();
    const [one, two] = await Promise.allSettled([take("one"), take("two")]);
    expect(one).toMatchObject({ status: "fulfilled", value: { heldBy: null } });
    expect(two).toMatchObject({ status: "rejected", reason: { name: "ConflictingOperation" } });
  });
});
