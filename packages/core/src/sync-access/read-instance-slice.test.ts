import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { FlowError } from "../errors.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { InstanceAssignment, InstanceSnapshot, ScopedSnapshot } from "../model/instance.ts";
import { arnOf, stored } from "../../test-support/sample-plan.ts";
import {
  aGroup,
  anAccount,
  anOrganization,
  aPolicy,
  aSpec,
  objectId,
} from "../../test-support/sample-world.ts";
import type { IdentityCenter } from "../ports/identity-center.ts";
import type { AskedScope } from "./instance-read.ts";
import { PacedInstance } from "../../test-support/paced-instance.ts";
import { readInstanceSlice } from "./read-instance-slice.ts";
import { keepSnapshot, readSnapshot } from "./snapshot.ts";

/** A function runs this long, and stops when four minutes are left (`step.ts`). */
const FUNCTION_SECONDS = 900;
const SLICE_SECONDS = 660;

interface Size {
  readonly permissionSets: number;
  readonly accounts: number;
  /** The number of accounts that have each permission set: those of one unit, for a separate group. */
  readonly accountsOfASet: number;
}

function accountId(number: number): string {
  return String(100_000_000_000 + number);
}

/** Set number n is assigned to group n; the policy has a rule for each, which asks for exactly that. */
function aLargeWorld({ permissionSets, accounts, accountsOfASet }: Size, mayListByPrincipal: boolean) {
  const clock = new VirtualClock();
  const numbers = Array.from({ length: permissionSets }, (_, index) => index + 1);
  const units = Math.floor(accounts / accountsOfASet);
  const accountsOf = (set: number) =>
    Array.from({ length: accountsOfASet }, (_, index) => (set % units) * accountsOfASet + index);
  const paced = new PacedInstance(
    {
      permissionSets: new Map(numbers.map((number) => [`Set${number}`, arnOf(`Set${number}`)])),
      assignments: numbers.flatMap((set) => accountsOf(set).map((account) => theirs(set, account))),
      principals: numbers.map(stored),
      mayListByPrincipal,
    },
    clock,
  );
  const policy = aPolicy(
    numbers.map((set) => ({
      groups: [`Group ${set}`],
      permissionSets: [`Set${set}`],
      targets: { ou: [`Unit ${set % units}`] },
    })),
    Object.fromEntries(numbers.map((set) => [`Set${set}`, aSpec()])),
  );
  const organization = anOrganization({
    units: Array.from({ length: units }, (_, unit) => {
      const name = `Unit ${unit}`;
      return { id: `ou-r001-${unit}`, name, parentId: "r-r001", path: name };
    }),
    accounts: Array.from({ length: accounts }, (_, number) => {
      const unit = Math.floor(number / accountsOfASet);
      const parentId = unit < units ? `ou-r001-${unit}` : "r-r001";
      return anAccount(accountId(number), `Account ${number}`, { parentId });
    }),
  });
  const directory = { groups: numbers.map((number) => aGroup(number, `Group ${number}`)), users: [] };
  return { clock, paced, policy, organization, directory };
}

function theirs(group: number, account: number): InstanceAssignment {
  return {
    accountId: accountId(account),
    permissionSetArn: arnOf(`Set${group}`),
    principalType: "GROUP",
    principalId: `store-${group}`,
  };
}

type World = ReturnType<typeof aLargeWorld>;

interface Wishes {
  readonly scope?: AskedScope;
  readonly sliceSeconds?: number;
  readonly ledger?: readonly InstanceAssignment[];
  /** Before each slice; throws for one that fails. */
  readonly before?: (slice: number) => void;
}

/** Invokes the step until the read is complete. */
async function readAll(
  world: World,
  { scope = { scope: "full" }, sliceSeconds = SLICE_SECONDS, ledger = [], before }: Wishes = {},
) {
  const { clock, paced, policy, organization, directory } = world;
  const objects = new MemoryObjects();
  const ports = {
    objects,
    clock,
    records: new MemoryRecords(),
    identityCenter: paced.identityCenter as IdentityCenter,
    identityStore: paced.identityStore,
    directory: {} as never,
    settings: { manageManagementAccount: false },
  };
  const entry = anEntry(aChange("create", 1, 1));
  for (const one of ledger) await ports.records.put("ledger", ledgerKey(one), entry);
  const directoryKey = await keepSnapshot("directory", directory, ports);
  const organizationKey = await keepSnapshot("organization", organization, ports);
  const seconds: number[] = [];
  for (let cursor: string | null = null; ;) {
    before?.(seconds.length);
    const from = clock.now();
    const deadline = from + sliceSeconds * 1000;
    const input = { scope, cursor, directoryKey, organizationKey };
    const slice = await readInstanceSlice(input, policy, { ...ports, deadline });
    seconds.push((clock.now() - from) / 1000);
    if (slice.instanceKey === null) {
      expect(slice.remaining).toBeGreaterThan(0);
      cursor = slice.cursor;
      continue;
    }
    expect(slice).toMatchObject({ cursor: null, remaining: 0 });
    const snapshot = await readSnapshot<InstanceSnapshot | ScopedSnapshot>(slice.instanceKey, ports);
    return { snapshot, seconds, calls: paced.calls };
  }
}

const SMALL = { permissionSets: 12, accounts: 9, accountsOfASet: 4 };
const SCOPES: readonly AskedScope[] = [
  { scope: "full" },
  { scope: "groups", ids: [objectId(3), objectId(7)], unknownIds: "refuse" },
  { scope: "accounts", ids: [accountId(1), accountId(2)], unknownIds: "refuse" },
];

describe("a read of the instance in slices", () => {
  it.each(
    SCOPES.flatMap((scope) =>
      [true, false].map((isManagement) => [scope.scope, isManagement, scope] as const),
    ),
  )(
    "reads the same in many slices as in one (%s, in the management account: %s)",
    async (_, isManagement, scope) => {
      const inOne = await readAll(aLargeWorld(SMALL, isManagement), { scope });
      const inMany = await readAll(aLargeWorld(SMALL, isManagement), { scope, sliceSeconds: 0.5 });
      expect(inOne.seconds).toHaveLength(1);
      expect(inMany.seconds.length).toBeGreaterThan(1);
      expect(inMany.snapshot).toEqual(inOne.snapshot);
      const expected = scope.scope === "full" ? 48 : undefined;
      expect(inOne.snapshot.assignments.length).toBe(expected ?? inOne.snapshot.assignments.length);
      expect(inOne.snapshot.assignments.length).toBeGreaterThan(0);
    },
  );

  it("continues from the same place after a slice that failed", async () => {
    const world = aLargeWorld(SMALL, true);
    const whole = await readAll(aLargeWorld(SMALL, true));
    let isBroken = false;
    const read = world.paced.identityCenter.readAssignmentsOf;
    world.paced.identityCenter.readAssignmentsOf = (instance, principal) => {
      if (isBroken) return Promise.reject(new FlowError("Throttled", "once"));
      return read ? read(instance, principal) : Promise.resolve([]);
    };
    isBroken = true;
    await expect(readAll(world)).rejects.toMatchObject({ name: "Throttled" });
    isBroken = false;
    expect((await readAll(world, { sliceSeconds: 1 })).snapshot).toEqual(whole.snapshot);
  });

  it("leaves out a set that is deleted on the way, and reads one that is made on the way", async () => {
    const world = aLargeWorld(SMALL, true);
    const { permissionSets } = world.paced;
    permissionSets.delete("Set12");
    const { snapshot } = await readAll(world, {
      sliceSeconds: 1,
      // So many places that listing by principal is cheaper.
      ledger: Array.from({ length: 20 }, (_, number) => theirs(1, number)),
      before(slice) {
        if (slice !== 1) return;
        permissionSets.set("Set12", arnOf("Set12"));
        permissionSets.delete("Set11");
      },
    });
    const names = snapshot.permissionSets.map(({ name }) => name);
    expect(names).not.toContain("Set11");
    expect(names).toContain("Set12");
  });
});

describe("3,500 permission sets and 2,000 accounts", () => {
  const size = { permissionSets: 3_500, accounts: 2_000, accountsOfASet: 30 };

  it("are read without an invocation that lives too long, in the management account", async () => {
    const { seconds, calls, snapshot } = await readAll(aLargeWorld(size, true));
    expect(snapshot.assignments).toHaveLength(105_000);
    // Five calls a set and one for its roles, one a group, and the lists.
    expect(calls).toBeLessThan(3_500 * 7 + 100);
    expect(Math.max(...seconds)).toBeLessThan(FUNCTION_SECONDS);
    expect(seconds.length).toBe(2);
  }, 60_000);

  it("are read without an invocation that lives too long by a delegated administrator", async () => {
    const { seconds, calls, snapshot } = await readAll(aLargeWorld(size, false));
    expect(snapshot.assignments).toHaveLength(105_000);
    // As above, plus a list of accounts per set and one call per role.
    expect(calls).toBeLessThan(3_500 * 7 + 105_000 + 100);
    expect(Math.max(...seconds)).toBeLessThan(SLICE_SECONDS + 10);
  }, 60_000);
});

describe("a run of one group by a delegated administrator", () => {
  it("reads the places that rules name for the group, and no others", async () => {
    const world = aLargeWorld({ permissionSets: 50, accounts: 500, accountsOfASet: 500 }, false);
    const { snapshot, calls, seconds } = await readAll(world, {
      scope: { scope: "groups", ids: [objectId(7)], unknownIds: "ignore" },
    });
    expect(snapshot.assignments).toHaveLength(500);
    // All 25,000 roles would take 22 minutes.
    expect(calls).toBeLessThan(500 + 50 + 10);
    expect(seconds).toHaveLength(1);
    expect(Math.max(...seconds)).toBeLessThan(60);
  });

  it("looks also where the ledger has something of the group that no rule asks for any more", async () => {
    const world = aLargeWorld(SMALL, false);
    const { snapshot, calls } = await readAll(world, {
      scope: { scope: "groups", ids: [objectId(7)], unknownIds: "ignore" },
      ledger: [theirs(7, 8), theirs(6, 8)],
    });
    expect(snapshot.assignments).toHaveLength(4);
    const { calls: without } = await readAll(aLargeWorld(SMALL, false), {
      scope: { scope: "groups", ids: [objectId(7)], unknownIds: "ignore" },
    });
    expect(calls).toBe(without + 1);
  });

  it("takes one invocation among 3,500 permission sets", async () => {
    const world = aLargeWorld({ permissionSets: 3_500, accounts: 2_000, accountsOfASet: 20 }, false);
    const { seconds } = await readAll(world, {
      scope: { scope: "groups", ids: [objectId(7)], unknownIds: "ignore" },
    });
    expect(seconds).toHaveLength(1);
    expect(Math.max(...seconds)).toBeLessThan(SLICE_SECONDS);
  }, 60_000);
});
