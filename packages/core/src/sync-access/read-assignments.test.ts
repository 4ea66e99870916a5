import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../apply/memory-records.ts";
import { FlowError } from "../errors.ts";
import type { InstanceAssignment, StorePrincipal } from "../model/instance.ts";
import { anInstance, arnOf, stored } from "../plan/sample-plan.ts";
import { objectId } from "../policy/sample-world.ts";
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

interface World {
  readonly has: readonly InstanceAssignment[];
  readonly principals: readonly StorePrincipal[];
  /** Accounts in which the ledger has ReadOnly for group 1. */
  readonly ledgeredAccounts?: number;
  readonly ledgered?: readonly string[];
  readonly users?: readonly string[];
  readonly mayListByPrincipal?: boolean;
}

async function read({ has, principals, ledgeredAccounts = 0, ledgered = [], users = [], ...more }: World) {
  const records = new MemoryRecords();
  for (let account = 0; account < ledgeredAccounts; account += 1)
    await records.put("ledger", `${account}/ReadOnly/GROUP/${objectId(1)}`, {});
  for (const key of ledgered) await records.put("ledger", key, {});
  const calls = { bySet: 0, byPrincipal: [] as string[] };
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
    expect(calls).toEqual({ bySet: 0, byPrincipal: ["store-1", "store-2", "store-3"] });
  });

  it("asks by permission set when there are more principals than places to look", async () => {
    const principals = Array.from({ length: 11 }, (_, index) => stored(index + 1));
    const { assignments, calls } = await read({
      has: [assignment(stored(4))],
      principals,
      ledgeredAccounts: 10,
    });
    expect(assignments).toEqual([assignment(stored(4))]);
    expect(calls).toEqual({ bySet: 2, byPrincipal: [] });
  });

  it("asks about users that the policy names or the ledger has, and leaves others alone", async () => {
    const bo = { ...EVE, principalId: "store-bo", name: "bo@example.com" };
    const { calls } = await read({
      has: [],
      principals: [ADA, EVE, bo],
      ledgeredAccounts: 0,
      users: ["ada@example.com"],
      ledgered: ["1/ReadOnly/USER/store-bo", "2/ReadOnly/USER/store-bo"],
    });
    expect(calls.byPrincipal).toEqual(["store-ada", "store-bo"]);
  });

  it("looks into the accounts when a principal of the ledger is gone from the store", async () => {
    const gone = `1/ReadOnly/GROUP/${objectId(77)}`;
    const { calls } = await read({
      has: [],
      principals: [stored(1)],
      ledgeredAccounts: 10,
      ledgered: [gone],
    });
    expect(calls).toEqual({ bySet: 2, byPrincipal: [] });
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
