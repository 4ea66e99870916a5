import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import type { InstancePermissionSet } from "../model/instance.ts";
import type { PermissionSetChange } from "../plan/plan.ts";
import { anInstance, aPlan, arnOf } from "../../test-support/sample-plan.ts";
import type { IdentityCenter } from "../ports/identity-center.ts";
import { aSpec } from "../../test-support/sample-world.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { readOwnPermissionSets } from "./own-permission-sets.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { type AppliedPermissionSets, applyPermissionSets } from "./apply-permission-sets.ts";

const OLD = aSpec();
const NEW = aSpec({ sessionDuration: "PT4H" });

function update(name: string): PermissionSetChange {
  return { action: "update", name, arn: arnOf(name), spec: NEW, changes: ["sessionDuration PT1H -> PT4H"] };
}

function create(name: string): PermissionSetChange {
  return { action: "create", name, arn: null, spec: NEW, changes: [] };
}

interface Circumstances {
  readonly existing?: readonly InstancePermissionSet[];
  /** Seconds that each change takes, and that the function works. */
  readonly seconds?: { readonly each: number; readonly limit: number };
  /** Names of sets that nobody has read when the plan is made. */
  readonly unplanned?: readonly string[];
  /** How many times the right to write is proved. */
  readonly proofs?: number;
}

/** Runs the changes to their end, in as many invocations as it takes; returns what was called in each. */
async function apply(changes: readonly PermissionSetChange[], more: Circumstances = {}) {
  const {
    existing = [],
    seconds = { each: 0, limit: 1 },
    unplanned = [],
    proofs = Number.POSITIVE_INFINITY,
  } = more;
  let proved = 0;
  const check = () =>
    ++proved > proofs ? Promise.reject(new FlowError("SyncPaused", "now")) : Promise.resolve();
  const calls: string[][] = [];
  const records = new MemoryRecords();
  const clock = new VirtualClock();
  const warnings: string[] = [];
  const write = async (text: string): Promise<void> => {
    calls.at(-1)?.push(text);
    await clock.sleep(seconds.each * 1000);
  };
  const identityCenter: Partial<IdentityCenter> = {
    listPermissionSets: async () => {
      calls.at(-1)?.push("list");
      return existing.map(({ name, arn }) => ({ name, arn }));
    },
    readPermissionSet: async (_, arn) => {
      calls.at(-1)?.push(`read ${arn.split("-").at(-1)}`);
      return existing.find((set) => set.arn === arn) ?? null;
    },
    createPermissionSet: async (_, name, _spec, prove) => {
      await prove?.();
      if (existing.some((set) => set.name === name)) throw new FlowError("ConflictingOperation", "taken");
      await write(`create ${name}`);
      return arnOf(name);
    },
    async updatePermissionSet(_, current, _spec, prove) {
      await prove?.();
      await write(`update ${current.name}`);
    },
  };
  const snapshot = anInstance([], {
    permissionSets: existing.filter(({ name }) => !unplanned.includes(name)),
  });
  const ports = {
    identityCenter: identityCenter as IdentityCenter,
    records,
    clock,
    events: { emit: (_: unknown, payload: unknown) => warnings.push(JSON.stringify(payload)) },
  };
  const refusals: unknown[] = [];
  const refuse = (error: unknown) => {
    if (proofs === Number.POSITIVE_INFINITY) throw error;
    refusals.push(error);
    return null;
  };
  const applied: AppliedPermissionSets[] = [];
  do {
    calls.push([]);
    const deadline = clock.now() + seconds.limit * 1000;
    const proof = { plan: aPlan([], changes), check };
    const input = { proof, snapshot, earlier: applied.at(-1) ?? null, deadline };
    const done = await applyPermissionSets(input, ports).catch(refuse);
    if (done === null) break;
    applied.push(done);
  } while ((applied.at(-1)?.remaining ?? 0) > 0);
  const remaining = applied.map((one) => one.remaining);
  const own = await readOwnPermissionSets({ records });
  return { calls, warnings, own, remaining, refusals, arns: applied.at(-1)?.arns ?? {} };
}

function existing(name: string, spec = OLD): InstancePermissionSet {
  return { name, arn: arnOf(name), spec };
}

describe("applying permission sets", () => {
  it("creates and updates, and reads of the instance only what it updates", async () => {
    const { calls, arns, own } = await apply([update("Admin"), create("Deploy")], {
      existing: ["Admin", "ReadOnly", "Other"].map((name) => existing(name)),
    });

    expect(calls).toEqual([["read Admin", "update Admin", "create Deploy"]]);
    expect(own).toEqual([arnOf("Deploy")]);
    expect(arns).toEqual(
      Object.fromEntries(["Admin", "ReadOnly", "Other", "Deploy"].map((name) => [name, arnOf(name)])),
    );
  });

  it.each([0, 1, 2, 3])(
    "writes no more than the %i changes that the right to write was proved for",
    async (proofs) => {
      const { calls, refusals } = await apply(
        [create("Deploy"), update("Admin"), update("ReadOnly"), create("Last")],
        {
          existing: [existing("Admin"), existing("ReadOnly")],
          proofs,
        },
      );
      const writes = calls.flat().filter((call) => !call.startsWith("read"));
      expect(writes).toEqual(["create Deploy", "update Admin", "update ReadOnly"].slice(0, proofs));
      expect(refusals).toMatchObject([{ name: "SyncPaused" }]);
    },
  );

  it("stops at its deadline and continues where it stopped", async () => {
    const names = ["A", "B", "C", "D", "E"];
    const { calls, remaining, arns } = await apply(names.map(create), { seconds: { each: 300, limit: 600 } });
    expect(calls).toEqual([["create A", "create B"], ["create C", "create D"], ["create E"]]);
    expect(remaining).toEqual([3, 1, 0]);
    expect(Object.keys(arns)).toEqual(names);
  });

  it("creates nothing twice when it is repeated", async () => {
    const { calls } = await apply([create("Deploy")], {
      existing: [existing("Deploy", NEW)],
      unplanned: ["Deploy"],
    });
    expect(calls).toEqual([["list", "read Deploy"]]);
  });

  it("finishes a permission set whose creation broke off half-way", async () => {
    const { calls, arns } = await apply([create("Deploy")], {
      existing: [existing("Deploy", OLD)],
      unplanned: ["Deploy"],
    });
    expect(calls).toEqual([["list", "read Deploy", "update Deploy"]]);
    expect(arns).toEqual({ Deploy: arnOf("Deploy") });
  });

  it("updates nothing that an earlier invocation has updated", async () => {
    const { calls } = await apply([update("ReadOnly")], { existing: [existing("ReadOnly", NEW)] });
    expect(calls).toEqual([["read ReadOnly"]]);
  });

  it("creates a set again that vanished after the plan was made, and says so", async () => {
    const { calls, warnings } = await apply([update("Admin")]);
    expect(calls).toEqual([["read Admin", "create Admin"]]);
    expect(warnings).toEqual([
      expect.stringContaining("Permission set Admin was deleted after the plan was made"),
    ]);
  });
});
