import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { LEDGER } from "../ledger/ledger-entry.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { InstanceAssignment, StorePrincipal } from "../model/instance.ts";
import { anInstance, arnOf, stored } from "../../test-support/sample-plan.ts";
import { objectId } from "../../test-support/sample-world.ts";
import { beginFull } from "./begin-instance-read.ts";

const ADA: StorePrincipal = {
  type: "USER",
  principalId: "store-ada",
  name: "Ada@example.com",
  externalId: objectId(900),
};
const EVE: StorePrincipal = {
  type: "USER",
  principalId: "store-eve",
  name: "eve@example.com",
  externalId: null,
};

function assignment({ type, principalId }: StorePrincipal, accountId: string): InstanceAssignment {
  return { accountId, permissionSetArn: arnOf("ReadOnly"), principalType: type, principalId };
}

const entry = anEntry(aChange("create", 1, 1));

interface World {
  readonly principals: readonly StorePrincipal[];
  /** Accounts in which the ledger has ReadOnly for group 1. */
  readonly ledgeredAccounts?: number;
  readonly ledgered?: readonly InstanceAssignment[];
  /** The same, of what somebody else has removed. */
  readonly removed?: readonly InstanceAssignment[];
  /** Keys of the format that the ledger had before. */
  readonly earlier?: readonly string[];
  readonly users?: readonly string[];
}

/** Whose assignments are listed, or of which permission sets; the sets' contents are read in any case. */
async function begin({ principals, ledgeredAccounts = 0, users = [], ...more }: World) {
  const { ledgered = [], removed = [], earlier = [] } = more;
  const records = new MemoryRecords();
  for (let account = 0; account < ledgeredAccounts; account += 1)
    await records.put("ledger", ledgerKey(assignment(stored(1), String(account))), entry);
  for (const one of ledgered) await records.put("ledger", ledgerKey(one), entry);
  for (const one of removed) await records.put("ledger", ledgerKey(one), { ...entry, state: "gone" });
  const { type, externalId: directoryId, principalId, name } = stored(77);
  const before = {
    accountId: "1",
    permissionSet: "ReadOnly",
    planId: "p",
    claimedAt: "2026-01-01T00:00:00Z",
  };
  for (const key of earlier)
    await LEDGER.put(records, key, { ...before, principal: { type, directoryId, principalId, name } });
  const { instance, permissionSets } = anInstance();
  const ports = {
    records,
    identityCenter: {
      readInstance: async () => instance,
      listPermissionSetArns: async () => permissionSets.map(({ arn }) => arn),
    },
    identityStore: {
      listGroups: async () => principals.filter(({ type }) => type === "GROUP"),
      listUsers: async () => principals.filter(({ type }) => type === "USER"),
    },
  };
  const { read, part } = await beginFull({ rules: [{ users } as never] }, ports as never);
  expect(read.left.specs).toEqual(permissionSets.map(({ arn }) => arn));
  expect(part.principals).toHaveLength(principals.length);
  const { left, gone } = read;
  const places = left.orphans.map(({ accountId }) => accountId);
  const names = left.principals.map(({ principalId }) => principalId);
  return { sets: left.sets, principals: names, places, gone };
}

describe("the beginning of a full read", () => {
  it("asks by principal when that takes fewer listings", async () => {
    const principals = [stored(1), stored(2), stored(3)];
    expect(await begin({ principals, ledgeredAccounts: 10 })).toEqual({
      sets: [],
      principals: ["store-1", "store-2", "store-3"],
      places: [],
      gone: [],
    });
  });

  it("asks by permission set when there are more principals than places to look", async () => {
    const principals = Array.from({ length: 11 }, (_, index) => stored(index + 1));
    expect(await begin({ principals, ledgeredAccounts: 10 })).toEqual({
      sets: [arnOf("ReadOnly"), arnOf("Admin")],
      principals: [],
      places: [],
      gone: [],
    });
  });

  it("asks about users that the policy names or the ledger has, and leaves others alone", async () => {
    const bo = { ...EVE, principalId: "store-bo", name: "bo@example.com" };
    const { principals } = await begin({
      principals: [ADA, EVE, bo],
      users: ["ada@example.com"],
      ledgered: [assignment(bo, "1"), assignment(bo, "2")],
    });
    expect(principals).toEqual(["store-ada", "store-bo"]);
  });

  it("looks up what the ledger has for a group that is gone, and asks for the others as ever", async () => {
    const ledgered = [assignment(stored(77), "3"), assignment(stored(77), "4"), assignment(stored(79), "4")];
    expect(await begin({ principals: [stored(1)], ledgeredAccounts: 10, ledgered })).toEqual({
      sets: [],
      principals: ["store-1"],
      places: ["3", "4"],
      gone: ["GROUP/store-77", "GROUP/store-79"],
    });
  });

  it("does not look up what somebody else has removed", async () => {
    const removed = [assignment(stored(77), "3")];
    expect(await begin({ principals: [stored(1)], removed })).toMatchObject({ places: [], gone: [] });
  });

  it("looks into the accounts when the ledger's earlier format names a group that is gone", async () => {
    const earlier = [`1/ReadOnly/GROUP/${objectId(77)}`];
    const { sets, principals } = await begin({ principals: [stored(1)], ledgeredAccounts: 10, earlier });
    expect(sets).toHaveLength(2);
    expect(principals).toEqual([]);
  });
});
