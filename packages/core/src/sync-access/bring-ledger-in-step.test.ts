import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { isOwn, readLedger } from "../ledger/ledger-entry.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import { reconcileLedger } from "../ledger/reconcile-ledger.ts";
import { anInstance, toAssignment } from "../../test-support/sample-plan.ts";
import { bringLedgerInStep } from "./bring-ledger-in-step.ts";
import { takeFence } from "./fence.ts";

const RUN = { executionArn: "arn:run-1", redrives: 0 };
const OTHER = { executionArn: "arn:run-2", redrives: 0 };

/** A ledger with this number of assignments, none of which an empty instance has, and the fence of one run. */
async function aLedger(count: number) {
  const records = new MemoryRecords();
  const messages: string[] = [];
  const ports = {
    records,
    clock: new VirtualClock(),
    newId: () => "slice",
    events: { emit: (_: string, { message }: { message?: string }) => void messages.push(message ?? "") },
    executions: { status: () => Promise.resolve("SUCCEEDED" as const) },
  };
  for (let number = 1; number <= count; number += 1) {
    const change = aChange("create", 1, number);
    await records.put("ledger", ledgerKey(toAssignment(change)), anEntry(change));
  }
  const { fence } = await takeFence(RUN, ports);
  const beganAt = new Date(ports.clock.now()).toISOString();
  const changes = reconcileLedger(await readLedger(ports), { snapshot: anInstance(), beganAt });
  return {
    ports,
    messages,
    bring: () => bringLedgerInStep(changes, { fence, run: RUN }, ports as never),
    async own() {
      return (await readLedger(ports)).filter(isOwn).length;
    },
  };
}

describe("bringing the ledger in step", () => {
  it("says what somebody else has removed, the first by name", async () => {
    const { bring, own, messages } = await aLedger(7);
    await bring();
    expect(await own()).toBe(0);
    expect(messages).toEqual([
      "Somebody else removed assignments that Landbridge had created: ReadOnly for Group 1 in Account 1, " +
        "ReadOnly for Group 2 in Account 1, ReadOnly for Group 3 in Account 1, " +
        "ReadOnly for Group 4 in Account 1, ReadOnly for Group 5 in Account 1 and 2 more",
    ]);
  });

  it("writes nothing for a run that no longer has the fence", async () => {
    const { bring, own, ports, messages } = await aLedger(2);
    await takeFence(OTHER, ports);
    await expect(bring()).rejects.toMatchObject({ name: "RunOvertaken" });
    expect(await own()).toBe(2);
    expect(messages).toEqual([]);
  });

  it("writes nothing at all when nothing has changed", async () => {
    const { bring, ports } = await aLedger(0);
    const before = await ports.records.get("lease", "sync-access");
    await bring();
    expect(await ports.records.get("lease", "sync-access")).toEqual(before);
  });
});
