import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../apply/apply-harness.ts";
import { MemoryRecords } from "../apply/memory-records.ts";
import { FlowError } from "../errors.ts";
import { readLedger } from "../ledger/ledger-entry.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { InstanceAssignment, StorePrincipal } from "../model/instance.ts";
import { anInstance, arnOf, stored } from "../plan/sample-plan.ts";
import { objectId } from "../policy/sample-world.ts";
import { principalsToAsk } from "./principals-to-ask.ts";
import { readAssignments } from "./read-assignments.ts";

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

function assignment({ type, principalId }: StorePrincipal, accountId = "222222222222"): InstanceAssignment {
  return { accountId, permissionSetArn: arnOf("ReadOnly"), principalType: type, principalId };
}

const entry = anEntry(aChange("create", 1, 1));

interface World {
  readonly has: readonly InstanceAssignment[];
  readonly principals: readonly StorePrincipal[];
  /** Accounts in which the ledger has ReadOnly for group 1. */
  readonly ledgeredAccounts?: number;
  readonly ledgered?: readonly InstanceAssignment[];
  /** Keys of the format that the ledger had before. */
  readonly earlier?: readonly string[];
  readonly users?: readonly string[];
  readonly mayListByPrincipal?: boolean;
}

async function read({
  has,
  principals,
  ledgeredAccounts = 0,
  ledgered = [],
  earlier = [],
  users = [],
  ...more
}: World) {
  const records = new MemoryRecords();
  for (let account = 0; account < ledgeredAccounts; account += 1)
    await records.put("ledger", ledgerKey(assignment(stored(1), String(account))), entry);
  for (const one of ledgered) await records.put("ledger", ledgerKey(one), entry);
  for (const key of earlier) await records.put("ledger", key, { principal: stored(77) });
  const calls = { bySet: 0, byPrincipal: [] as string[], places: [] as string[] };
  const identityCenter = {
    async readAssignments(_: unknown, arn: string) {
      calls.bySet += 1;
      return has.filter(({ permissionSetArn }) => permissionSetArn === arn);
    },
    async readAssignmentsOf(_: unknown, { principalId }: Pick<StorePrincipal, "principalId">) {
      if (more.mayListByPrincipal === false)
        throw new FlowError("AccessDenied", "only the management account");
      calls.byPrincipal.push(principalId);
      return has.filter((one) => one.principalId === principalId);
    },
    async readAssignmentsAt(_: unknown, accountId: string, arn: string) {
      calls.places.push(accountId);
      return has.filter((one) => one.accountId === accountId && one.permissionSetArn === arn);
    },
  };
  const { instance, permissionSets } = anInstance();
  const rule = { users } as never;
  const assignments = await readAssignments(
    { instance, permissionSets, principals, policy: { rules: [rule] } },
    { identityCenter: identityCenter as never, records },
  );
  return { assignments, calls };
}

describe("readAssignments", () => {
  it("asks by principal when that takes fewer listings", async () => {
    const principals = [stored(1), stored(2), stored(3)];
    const has = [assignment(stored(1)), assignment(stored(3))];
    const { assignments, calls } = await read({ has, principals, ledgeredAccounts: 10 });
    expect(assignments).toEqual(has);
    expect(calls).toEqual({ bySet: 0, byPrincipal: ["store-1", "store-2", "store-3"], places: [] });
  });

  it("asks by permission set when there are more principals than places to look", async () => {
    const principals = Array.from({ length: 11 }, (_, index) => stored(index + 1));
    const { assignments, calls } = await read({
      has: [assignment(stored(4))],
      principals,
      ledgeredAccounts: 10,
    });
    expect(assignments).toEqual([assignment(stored(4))]);
    expect(calls).toEqual({ bySet: 2, byPrincipal: [], places: [] });
  });

  it("asks about users that the policy names or the ledger has, and leaves others alone", async () => {
    const bo = { ...EVE, principalId: "store-bo", name: "bo@example.com" };
    const { calls } = await read({
      has: [],
      principals: [ADA, EVE, bo],
      ledgeredAccounts: 0,
      users: ["ada@example.com"],
      ledgered: [assignment(bo, "1"), assignment(bo, "2")],
    });
    expect(calls.byPrincipal).toEqual(["store-ada", "store-bo"]);
  });

  it("looks up what the ledger has for a group that is gone, and asks for the others as ever", async () => {
    const gone = assignment(stored(77), "3");
    const foreign = assignment(stored(78), "3");
    const { assignments, calls } = await read({
      has: [assignment(stored(1)), gone, foreign],
      principals: [stored(1)],
      ledgeredAccounts: 10,
      ledgered: [gone, assignment(stored(77), "4"), assignment(stored(79), "4")],
    });
    expect(assignments).toEqual([assignment(stored(1)), gone]);
    expect(calls).toEqual({ bySet: 0, byPrincipal: ["store-1"], places: ["3", "4"] });
  });

  it("does not look up what somebody else has removed", async () => {
    const gone = assignment(stored(77), "3");
    const records = new MemoryRecords();
    await records.put("ledger", ledgerKey(gone), { ...entry, state: "gone" });
    const question = { principals: [stored(1)], policy: { rules: [] }, permissionSets: 2 };
    expect(principalsToAsk({ ...question, ledger: await readLedger({ records }) })).toEqual({
      principals: [stored(1)],
      orphans: [],
    });
  });

  it("looks into the accounts when the ledger's earlier format names a group that is gone", async () => {
    const { calls } = await read({
      has: [],
      principals: [stored(1)],
      ledgeredAccounts: 10,
      earlier: [`1/ReadOnly/GROUP/${objectId(77)}`],
    });
    expect(calls).toEqual({ bySet: 2, byPrincipal: [], places: [] });
  });

  it("looks into the accounts where listing by principal is not allowed", async () => {
    const has = [assignment(stored(1))];
    const { assignments, calls } = await read({
      has,
      principals: [stored(1)],
      ledgeredAccounts: 10,
      mayListByPrincipal: false,
    });
    expect(assignments).toEqual(has);
    expect(calls.bySet).toBe(2);
  });
});
