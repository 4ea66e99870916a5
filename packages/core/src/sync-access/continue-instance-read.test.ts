import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { FlowError } from "../errors.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { InstanceAssignment, InstanceScope } from "../model/instance.ts";
import { anInstance, arnOf, stored } from "../../test-support/sample-plan.ts";
import { LAB, PAYMENTS, aGroup, aPolicy, objectId } from "../../test-support/sample-world.ts";
import { beginInstanceRead } from "./begin-instance-read.ts";
import { continueInstanceRead } from "./continue-instance-read.ts";
import { countLeft, joinParts } from "./instance-read.ts";

const instance = anInstance([
  [PAYMENTS, "ReadOnly", 1],
  [LAB, "ReadOnly", 1],
  [LAB, "Admin", 2],
]);

interface Circumstances {
  readonly nested?: "ignore" | "expand";
  readonly mayListByPrincipal?: boolean;
}

function having(isMeant: (one: InstanceAssignment) => boolean): InstanceAssignment[] {
  return instance.assignments.filter(isMeant);
}

/** No longer in the store, with the access that Landbridge gave it. */
const GONE: InstanceAssignment = {
  accountId: LAB,
  permissionSetArn: arnOf("ReadOnly"),
  principalType: "GROUP",
  principalId: "store-8",
};

/** Group 1 contains group 2, and that group 1 again. */
async function read(
  scope: InstanceScope & { readonly unknownIds?: "refuse" },
  { nested = "ignore", mayListByPrincipal = true }: Circumstances = {},
) {
  const calls: string[] = [];
  const records = new MemoryRecords();
  await records.put("ledger", ledgerKey(GONE), anEntry(aChange("create", 1, 8)));
  const ports = {
    records,
    identityStore: {
      listGroups: async () => [1, 2, 3].map(stored),
      listUsers: async () => {
        calls.push("users");
        return [];
      },
    },
    identityCenter: {
      readInstance: async () => instance.instance,
      listPermissionSets: async () => instance.permissionSets.map(({ name, arn }) => ({ name, arn })),
      listPermissionSetsIn: async (_: unknown, accountId: string) => {
        calls.push(accountId);
        return [...new Set(having((one) => one.accountId === accountId).map((one) => one.permissionSetArn))];
      },
      readAssignmentsOf: async (_: unknown, { principalId }: { principalId: string }) => {
        if (!mayListByPrincipal) throw new FlowError("AccessDenied", "only the management account");
        calls.push(principalId);
        return having((one) => one.principalId === principalId);
      },
      readAssignmentsAt: async (_: unknown, accountId: string, arn: string) => {
        calls.push(`${accountId} ${arn.split("-").at(-1)}`);
        return [GONE, ...instance.assignments].filter(
          (one) => one.accountId === accountId && one.permissionSetArn === arn,
        );
      },
    },
    directory: {
      findGroupById: async (id: string) => (id === objectId(9) ? null : aGroup(1, "some group", { id })),
      readMembers: async (id: string) => {
        calls.push(`members of ${id.slice(-1)}`);
        const below = { [objectId(1)]: [aGroup(2, "Group 2")], [objectId(2)]: [aGroup(1, "Group 1")] };
        return { users: [], groups: below[id] ?? [] };
      },
    },
  };
  const policy = aPolicy([{ groups: ["Group 1"], nested }]);
  const begun = await beginInstanceRead(policy, { unknownIds: "ignore", ...scope }, ports as never);
  const { read: ended, part } = await continueInstanceRead(
    begun.read,
    {
      policy,
      isOver: () => false,
      namedPlaces: async () => [{ accountId: LAB, permissionSetArn: arnOf("Admin") }],
    },
    ports as never,
  );
  expect(countLeft(ended)).toBe(0);
  const snapshot = joinParts(ended, [begun.part, part]);
  if (!("scope" in snapshot)) throw new Error("This is no scoped snapshot");
  const { assignments, scope: wasRead } = snapshot;
  const found = assignments.map(({ accountId, principalId }) => `${accountId} ${principalId}`);
  return { calls, found, ids: wasRead.ids };
}

describe("a scoped read", () => {
  it("of accounts lists these accounts and no others", async () => {
    const { calls, found } = await read({ scope: "accounts", ids: [LAB] });
    expect(calls).toEqual(["users", LAB, `${LAB} ReadOnly`, `${LAB} Admin`]);
    expect(found).toEqual([`${LAB} store-8`, `${LAB} store-1`, `${LAB} store-2`]);
  });

  it("of a group asks for what it has, and for no users", async () => {
    const { calls, found } = await read({ scope: "groups", ids: [objectId(1)] });
    expect(calls).toEqual(["store-1"]);
    expect(found).toEqual([`${PAYMENTS} store-1`, `${LAB} store-1`]);
  });

  it("takes the identity store's id of a group for its object id", async () => {
    const { found, ids } = await read({ scope: "groups", ids: ["store-2"] });
    expect(ids).toEqual([objectId(2)]);
    expect(found).toEqual([`${LAB} store-2`]);
  });

  it("goes down to nested groups where a rule expands them, and never round in circles", async () => {
    const { calls, found, ids } = await read({ scope: "groups", ids: [objectId(1)] }, { nested: "expand" });
    expect(ids).toEqual([objectId(1), objectId(2)]);
    expect(calls).toEqual(["members of 1", "members of 2", "store-1", "store-2"]);
    expect(found).toHaveLength(3);
  });

  it("reads a group that Entra no longer has without asking for its members", async () => {
    const { calls, ids } = await read({ scope: "groups", ids: [objectId(9)] }, { nested: "expand" });
    expect({ calls, ids }).toEqual({ calls: [], ids: [objectId(9)] });
  });

  it.each(["store-8", objectId(8)])(
    "looks up what a group that is gone, known as %s, still has",
    async (id) => {
      const { calls, found, ids } = await read({ scope: "groups", ids: [id] });
      expect(calls).toEqual([`${LAB} ReadOnly`]);
      expect(found).toEqual([`${LAB} store-8`]);
      expect(ids).toContain("store-8");
    },
  );
  it("refuses a group that nobody knows, unless it was told that groups may be gone", async () => {
    const reading = read({ scope: "groups", ids: [objectId(1), objectId(9)], unknownIds: "refuse" });
    await expect(reading).rejects.toMatchObject({
      name: "ScopeUnknown",
      message: `There is no group ${objectId(9)}`,
    });
  });

  it("looks where the group is named, and nowhere else, where listing by principal is not allowed", async () => {
    const { calls, found } = await read(
      { scope: "groups", ids: [objectId(2)] },
      { mayListByPrincipal: false },
    );
    expect(calls).toEqual([`${LAB} Admin`]);
    expect(found).toEqual([`${LAB} store-2`]);
  });

  it("gives nothing outside the scope, no matter who else has something in the same place", async () => {
    const { found } = await read({ scope: "groups", ids: [objectId(3)] }, { mayListByPrincipal: false });
    expect(found).toEqual([]);
  });
});
