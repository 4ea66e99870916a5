import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { anInstance, aPlan, aProof, arnOf } from "../../test-support/sample-plan.ts";
import { aSpec } from "../../test-support/sample-world.ts";
import type { IdentityCenter } from "../ports/identity-center.ts";
import { deletePermissionSets } from "./delete-permission-sets.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { keepAsOwn, readOwnPermissionSets } from "./own-permission-sets.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";

/** Deletes one set, which the instance refuses that many times. */
async function run(refusals: number, deadline = Number.POSITIVE_INFINITY) {
  const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
  const arn = arnOf("Old");
  await keepAsOwn(arn, "Old", ports);
  let asked = 0;
  const warnings: unknown[] = [];
  const identityCenter: Partial<IdentityCenter> = {
    async deletePermissionSet() {
      asked += 1;
      if (asked <= refusals) throw new FlowError("ConflictingOperation", "still provisioned");
    },
  };
  await deletePermissionSets(
    aProof(
      aPlan(
        [],
        [
          { action: "update", name: "Kept", arn: arnOf("Kept"), spec: aSpec(), changes: [] },
          { action: "delete", name: "Old", arn, spec: aSpec(), changes: [] },
        ],
      ),
    ),
    { instance: anInstance().instance, deadline },
    {
      ...ports,
      identityCenter: identityCenter as IdentityCenter,
      events: { emit: (_, payload) => warnings.push(payload) },
    },
  );
  return { asked, warnings, own: await readOwnPermissionSets(ports) };
}

describe("deleting permission sets", () => {
  it("deletes what the plan deletes and forgets that it was Landbridge's", async () => {
    expect(await run(0)).toEqual({ asked: 1, warnings: [], own: [] });
  });

  it("waits for a role that is still on its way out", async () => {
    expect(await run(2)).toEqual({ asked: 3, warnings: [], own: [] });
  });

  it("leaves a set that an account still has, says so and still knows it as its own", async () => {
    expect(await run(99)).toEqual({
      asked: 4,
      warnings: [
        { message: "Permission set Old was not deleted: an account still has it, or the time was up" },
      ],
      own: [arnOf("Old")],
    });
  });

  it("deletes nothing more once its time is up, and says so", async () => {
    const { asked, warnings, own } = await run(0, 0);
    expect({ asked, own }).toEqual({ asked: 0, own: [arnOf("Old")] });
    expect(warnings).toHaveLength(1);
  });
});
