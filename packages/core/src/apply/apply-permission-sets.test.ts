import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import type { InstancePermissionSet } from "../model/instance.ts";
import type { PermissionSetChange } from "../plan/plan.ts";
import { anInstance, aPlan, arnOf } from "../plan/sample-plan.ts";
import type { IdentityCenter } from "../ports/identity-center.ts";
import { LAB, aSpec } from "../policy/sample-world.ts";
import { MemoryRecords } from "./memory-records.ts";
import { readOwnPermissionSets } from "./own-permission-sets.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { applyPermissionSets } from "./apply-permission-sets.ts";

const OLD = aSpec();
const NEW = aSpec({ sessionDuration: "PT4H" });

function update(name: string): PermissionSetChange {
  return { action: "update", name, arn: arnOf(name), spec: NEW, changes: ["sessionDuration PT1H -> PT4H"] };
}

function create(name: string): PermissionSetChange {
  return { action: "create", name, arn: null, spec: NEW, changes: [] };
}

/** Runs the changes against an instance with these sets, `ReadOnly` being assigned; returns what was called. */
async function apply(
  changes: readonly PermissionSetChange[],
  existing: readonly InstancePermissionSet[],
  proveUntil = Number.POSITIVE_INFINITY,
) {
  const calls: string[] = [];
  let proofs = 0;
  const check = () =>
    ++proofs > proveUntil ? Promise.reject(new FlowError("SyncPaused", "now")) : Promise.resolve();
  const records = new MemoryRecords();
  const warnings: string[] = [];
  const log = (text: string): Promise<void> => {
    calls.push(text);
    return Promise.resolve();
  };
  const identityCenter: Partial<IdentityCenter> = {
    readPermissionSets: () => Promise.resolve([...existing]),
    createPermissionSet: async (_, name, _spec, prove) => {
      await prove?.();
      await log(`create ${name}`);
      return arnOf(name);
    },
    async updatePermissionSet(_, current, _spec, prove) {
      await prove?.();
      await log(`update ${current.name}`);
    },
    async provisionPermissionSet(_, arn, prove) {
      await prove?.();
      await log(`provision ${arn}`);
    },
  };
  const ports = {
    identityCenter: identityCenter as IdentityCenter,
    records,
    clock: new VirtualClock(),
    events: { emit: (_: unknown, payload: unknown) => warnings.push(JSON.stringify(payload)) },
  };
  const proof = { plan: aPlan([], changes), check };
  const snapshot = anInstance([[LAB, "ReadOnly", 1]]);
  const refusals: unknown[] = [];
  const arns = await applyPermissionSets(proof, snapshot, ports).catch((error: unknown) => {
    if (proveUntil === Number.POSITIVE_INFINITY) throw error;
    refusals.push(error);
    return {};
  });
  return { calls, warnings, arns, refusals, own: await readOwnPermissionSets({ records }) };
}

function existing(name: string, spec = OLD): InstancePermissionSet {
  return { name, arn: arnOf(name), spec };
}

describe("applying permission sets", () => {
  it("creates, updates, and brings roles up to date where there are any", async () => {
    const { calls, arns, own } = await apply(
      [update("Admin"), create("Deploy"), update("ReadOnly")],
      [existing("Admin"), existing("ReadOnly"), existing("Other")],
    );

    expect(calls).toEqual([
      "update Admin",
      "create Deploy",
      "update ReadOnly",
      `provision ${arnOf("ReadOnly")}`,
    ]);
    expect(own).toEqual([arnOf("Deploy")]);
    expect(arns).toEqual(
      Object.fromEntries(["Admin", "ReadOnly", "Other", "Deploy"].map((name) => [name, arnOf(name)])),
    );
  });

  it.each([0, 1, 2, 3])(
    "writes no more than the %i changes that the right to write was proved for",
    async (proofs) => {
      const { calls, refusals } = await apply(
        [create("Deploy"), update("Admin"), update("ReadOnly")],
        [existing("Admin"), existing("ReadOnly")],
        proofs,
      );
      expect(calls).toEqual(["create Deploy", "update Admin", "update ReadOnly"].slice(0, proofs));
      expect(refusals).toMatchObject([{ name: "SyncPaused" }]);
    },
  );

  it("creates nothing twice when it is repeated", async () => {
    expect((await apply([create("Deploy")], [existing("Deploy", NEW)])).calls).toEqual([]);
  });

  it("finishes a permission set whose creation broke off half-way", async () => {
    expect((await apply([create("Deploy")], [existing("Deploy", OLD)])).calls).toEqual(["update Deploy"]);
  });

  it("provisions what an earlier invocation updated and did not come to provision", async () => {
    const { calls } = await apply([update("ReadOnly")], [existing("ReadOnly", NEW)]);
    expect(calls).toEqual([`provision ${arnOf("ReadOnly")}`]);
  });

  it("creates a set again that vanished after the plan was made, and says so", async () => {
    const { calls, warnings } = await apply([update("Admin")], []);
    expect(calls).toEqual(["create Admin"]);
    expect(warnings).toEqual([
      expect.stringContaining("Permission set Admin was deleted after the plan was made"),
    ]);
  });
});
