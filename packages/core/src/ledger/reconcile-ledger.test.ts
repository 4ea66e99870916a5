import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import type { InstanceScope, InstanceSnapshot } from "../model/instance.ts";
import { anInstance, arnOf, stored } from "../../test-support/sample-plan.ts";
import { LAB, PAYMENTS, objectId } from "../../test-support/sample-world.ts";
import type { EarlierEntry } from "./earlier-entry.ts";
import { keepLedgerChanges } from "./keep-ledger-changes.ts";
import { isOwn, type LedgerEntry, type LedgerRecord, readLedger } from "./ledger-entry.ts";
import { ledgerKey } from "./ledger-key.ts";
import { reconcileLedger, SETTLED_AFTER_MILLISECONDS } from "./reconcile-ledger.ts";

const READ_AT = "2026-11-03T08:00:00.000Z";
const YOUNG = new Date(Date.parse(READ_AT) - SETTLED_AFTER_MILLISECONDS + 1).toISOString();

function keyOf(accountId: string, permissionSet: string, group: number): string {
  const { principalId } = stored(group);
  return ledgerKey({
    accountId,
    permissionSetArn: arnOf(permissionSet),
    principalType: "GROUP",
    principalId,
  });
}

const KEY = keyOf(LAB, "ReadOnly", 1);
const THERE = anInstance([[LAB, "ReadOnly", 1]]);
const EMPTY = anInstance();

function entry(more: Partial<LedgerEntry> = {}): LedgerEntry {
  return anEntry(aChange("create", 1, 1), more);
}

function record(value: LedgerRecord["value"], id = KEY): LedgerRecord {
  return { id, value, revision: 1 };
}

function scoped(
  { instance, permissionSets, principals, assignments }: InstanceSnapshot,
  scope: InstanceScope,
) {
  return { scope, instance, permissionSets, principals, assignments };
}

/** The outcome of one record: its new state, "removed", or "unchanged". */
function outcome(one: LedgerRecord, snapshot: Parameters<typeof reconcileLedger>[1]["snapshot"]): string {
  const changes = reconcileLedger([one], { snapshot, beganAt: READ_AT });
  const [change] = changes;
  if (!change) return "unchanged";
  return change.becomes?.entry.state ?? "removed";
}

describe("a ledger that is held against a complete read", () => {
  it.each([
    ["claimed", THERE, "present"],
    ["uncertain", THERE, "present"],
    ["present", THERE, "unchanged"],
    ["gone", THERE, "unchanged"],
    ["claimed", EMPTY, "removed"],
    ["uncertain", EMPTY, "removed"],
    ["present", EMPTY, "gone"],
    ["gone", EMPTY, "unchanged"],
  ] as const)("takes %s, there being %j, for what it is now", (state, snapshot, expected) => {
    expect(outcome(record(entry({ state })), snapshot)).toBe(expected);
  });

  it("lets no read decide that began before an operation had time to end and to be listed", () => {
    for (const state of ["claimed", "uncertain", "present"] as const)
      expect(outcome(record(entry({ state, since: YOUNG })), EMPTY)).toBe("unchanged");
  });

  it("touches nothing outside the accounts that were read", () => {
    const lab = record(entry());
    expect(outcome(lab, scoped(EMPTY, { scope: "accounts", ids: [PAYMENTS] }))).toBe("unchanged");
    expect(outcome(lab, scoped(EMPTY, { scope: "accounts", ids: [LAB] }))).toBe("gone");
  });

  it("touches nothing outside the groups that were read", () => {
    const lab = record(entry());
    expect(outcome(lab, scoped(EMPTY, { scope: "groups", ids: [objectId(2)] }))).toBe("unchanged");
    expect(outcome(lab, scoped(EMPTY, { scope: "groups", ids: [objectId(1)] }))).toBe("gone");
    const user = record(entry(), KEY.replace("/GROUP/", "/USER/"));
    expect(outcome(user, scoped(EMPTY, { scope: "groups", ids: [objectId(1)] }))).toBe("unchanged");
  });

  it("knows a group by the object id that it has now, and one that is gone by the one that it had", () => {
    const remembered = record(entry({ directoryId: objectId(77) }));
    const scope: InstanceScope = { scope: "groups", ids: [objectId(77)] };
    expect(outcome(remembered, scoped(EMPTY, scope))).toBe("unchanged");
    expect(outcome(remembered, scoped(anInstance([], { principals: [] }), scope))).toBe("gone");
  });
});

describe("a record of the earlier format", () => {
  const principal = { type: "GROUP", directoryId: objectId(1), principalId: null, name: "Group 1" } as const;
  const claimedAt = "2026-01-01T00:00:00.000Z";
  const earlier: EarlierEntry = {
    accountId: LAB,
    permissionSet: "ReadOnly",
    principal,
    planId: "p",
    claimedAt,
  };
  const id = `${LAB}/ReadOnly/GROUP/${objectId(1)}`;

  it("is upgraded by a full read that sees its assignment", () => {
    expect(
      reconcileLedger([record(earlier, id)], { snapshot: THERE, beganAt: READ_AT })[0]?.becomes,
    ).toMatchObject({
      key: KEY,
      entry: {
        state: "present",
        since: READ_AT,
        claimedAt,
        directoryId: objectId(1),
        principalName: "Group 1",
      },
    });
  });

  it("is dropped when its assignment, its permission set or all trace of its group is gone", () => {
    expect(outcome(record(earlier, id), EMPTY)).toBe("removed");
    expect(outcome(record({ ...earlier, permissionSet: "Old" }, id), THERE)).toBe("removed");
    expect(outcome(record(earlier, id), { ...THERE, principals: [] })).toBe("removed");
  });

  it("is upgraded although its group is gone, when it has the identity store id", () => {
    const known = { ...earlier, principal: { ...principal, principalId: "store-1" } };
    expect(outcome(record(known, id), { ...THERE, principals: [] })).toBe("present");
  });

  it("is left to the next full read by a scoped one and while it is young", () => {
    expect(outcome(record(earlier, id), scoped(THERE, { scope: "accounts", ids: [LAB] }))).toBe("unchanged");
    expect(outcome(record({ ...earlier, claimedAt: YOUNG }, id), THERE)).toBe("unchanged");
  });

  it("is replaced by its successor, once", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    await ports.records.put("ledger", id, earlier);
    for (let run = 1; run <= 2; run += 1) {
      const changes = reconcileLedger(await readLedger(ports), { snapshot: THERE, beganAt: READ_AT });
      expect(changes).toHaveLength(run === 1 ? 1 : 0);
      await keepLedgerChanges(changes, ports);
    }
    expect((await readLedger(ports)).map((one) => [one.id, one.revision])).toEqual([[KEY, 1]]);
  });
});

describe("changes of the ledger", () => {
  it("keep a tombstone for thirty days, which is nobody's own", async () => {
    const puts: unknown[] = [];
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    await ports.records.put("ledger", KEY, entry());
    const changes = reconcileLedger(await readLedger(ports), { snapshot: EMPTY, beganAt: READ_AT });
    const put = ports.records.put.bind(ports.records);
    ports.records.put = (...input) => {
      puts.push(input[3]);
      return put(...input);
    };
    await keepLedgerChanges(changes, ports);
    expect(puts).toEqual([{ ifRevision: 1, expiresAt: ports.clock.now() + 30 * 24 * 3_600_000 }]);
    expect((await readLedger(ports)).filter(isOwn)).toEqual([]);
  });

  it("leave alone what somebody has written since it was read", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    const other = keyOf(LAB, "Admin", 1);
    await ports.records.put("ledger", KEY, entry());
    await ports.records.put("ledger", other, entry({ state: "claimed" }));
    const changes = reconcileLedger(await readLedger(ports), { snapshot: EMPTY, beganAt: READ_AT });
    for (const key of [KEY, other])
      await ports.records.put("ledger", key, entry({ state: "claimed", since: READ_AT }));
    await keepLedgerChanges(changes, ports);
    expect((await readLedger(ports)).map(({ value }) => "state" in value && value.state)).toEqual([
      "claimed",
      "claimed",
    ]);
  });

  it("surface a store that fails", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    await ports.records.put("ledger", KEY, entry());
    const changes = reconcileLedger(await readLedger(ports), { snapshot: EMPTY, beganAt: READ_AT });
    ports.records.put = () => Promise.reject(new TypeError("bug"));
    await expect(keepLedgerChanges(changes, ports)).rejects.toThrow("bug");
  });
});
