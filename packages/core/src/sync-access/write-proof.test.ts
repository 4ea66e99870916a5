import { describe, expect, it } from "vitest";
import { aChange } from "../../test-support/apply-harness.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { PermissionSetChange } from "../plan/plan.ts";
import { anInstance, aPlan, NO_LIMITS } from "../../test-support/sample-plan.ts";
import { aSpec, objectId } from "../../test-support/sample-world.ts";
import type { ExecutionStatus } from "../ports/executions.ts";
import { takeFence } from "./fence.ts";
import { pauseSync } from "./pause.ts";
import { keepSnapshot } from "./snapshot.ts";
import { openWriteProof } from "./write-proof.ts";

const RUN = { executionArn: "arn:run", redrives: 0 };
const POLICY_KEY = "policy/access.yaml";
const MANAGEMENT = Number(anInstance().instance.ownerAccountId);
const CHANGES = [aChange("delete", 1, 1), aChange("create", 2, 2)];
const PROTECTION = { manageManagementAccount: false, breakGlass: { principalIds: [], permissionSets: [] } };

interface Circumstances {
  readonly changes?: readonly ReturnType<typeof aChange>[];
  readonly sets?: readonly PermissionSetChange[];
  readonly protection?: object;
  readonly maxDeletions?: number;
  /** Whether somebody approved the plan; by default not. */
  readonly isApproved?: boolean;
}

async function setUp({ changes = CHANGES, sets = [], ...more }: Circumstances = {}) {
  let status: ExecutionStatus = "RUNNING";
  let ids = 0;
  const ports = {
    objects: new MemoryObjects(),
    records: new MemoryRecords(),
    clock: new VirtualClock(),
    newId: () => `slice-${(ids += 1)}`,
    executions: { status: () => Promise.resolve(status) },
    identityCenter: { readInstance: () => Promise.resolve(anInstance().instance) },
    settings: {
      ...PROTECTION,
      guardrails: { ...NO_LIMITS, maxDeletions: more.maxDeletions ?? NO_LIMITS.maxDeletions },
      ...more.protection,
    } as never,
  };
  const versionId = await ports.objects.putText(POLICY_KEY, "version: 1");
  const plan = aPlan(changes, sets);
  const hash = planHash(plan);
  const { fence } = await takeFence(RUN, ports);
  const judged = {
    planKey: await keepSnapshot("plan", plan, ports),
    planHash: hash,
    approvedHash: more.isApproved ? hash : "",
    policy: { key: POLICY_KEY, versionId, hash: "any", isProposal: false },
    fence,
    run: RUN,
  };
  return {
    ports,
    judged,
    open: (changed: Partial<typeof judged> = {}) => openWriteProof({ ...judged, ...changed }, ports),
    end: (now: ExecutionStatus) => {
      status = now;
    },
  };
}

const HAPPENINGS = {
  "the execution is stopped": ["RunStopped", async ({ end }) => end("ABORTED")],
  "somebody pauses": [
    "SyncPaused",
    async ({ ports }) => void (await pauseSync({ reason: "incident 7", by: "olivia" }, ports)),
  ],
  "another policy comes into force": [
    "RunOvertaken",
    async ({ ports }) => void (await ports.objects.putText(POLICY_KEY, "version: 1 # other")),
  ],
  "another invocation begins to write": ["RunOvertaken", async ({ open }) => void (await open())],
  "another run takes the fence": [
    "RunOvertaken",
    async ({ ports, end }) => {
      end("FAILED");
      await takeFence({ executionArn: "arn:other", redrives: 0 }, ports);
      end("RUNNING");
    },
  ],
} satisfies Record<string, [string, (world: Awaited<ReturnType<typeof setUp>>) => Promise<void>]>;

describe("the right to write", () => {
  it.each(Object.entries(HAPPENINGS))("is gone once %s", async (_, [name, happen]) => {
    const world = await setUp();
    const proof = await world.open();
    await proof.check();
    await happen(world);
    await expect(proof.check()).rejects.toMatchObject({ name });
  });

  it.each(Object.entries(HAPPENINGS).filter(([what]) => !what.includes("invocation")))(
    "is not had when %s before",
    async (_, [name, happen]) => {
      const world = await setUp();
      await happen(world);
      await expect(world.open()).rejects.toMatchObject({ name });
    },
  );

  it("is not had for another plan than the one that was judged", async () => {
    const { open } = await setUp();
    await expect(open({ planHash: planHash(aPlan([])) })).rejects.toMatchObject({
      name: "StoredObjectChanged",
    });
  });

  it("is not had for a plan of six hours ago", async () => {
    const { open, ports } = await setUp();
    await ports.clock.sleep(6 * 3_600_000);
    await open();
    await ports.clock.sleep(1);
    await expect(open()).rejects.toMatchObject({ name: "RunOvertaken" });
  });

  it("is not had beyond the current limits, unless somebody has approved exactly this plan", async () => {
    const { open } = await setUp({ maxDeletions: 0 });
    await expect(open()).rejects.toMatchObject({ name: "RunOvertaken" });
    await (await setUp({ maxDeletions: 0, isApproved: true })).open();
  });
});

describe("what the settings protect", () => {
  const set: PermissionSetChange = {
    action: "delete",
    name: "Rescue",
    arn: "arn",
    spec: aSpec(),
    changes: [],
  };
  const forbidden: [string, Circumstances, string][] = [
    [
      "a break-glass principal, by its object id",
      { protection: { breakGlass: { principalIds: [objectId(1)], permissionSets: [] } } },
      "delete ReadOnly for Group 1 in Account 1",
    ],
    [
      "a break-glass principal, by its id in the identity store",
      { protection: { breakGlass: { principalIds: ["store-1"], permissionSets: [] } } },
      "delete ReadOnly for Group 1 in Account 1",
    ],
    [
      "the assignments of a break-glass permission set",
      { protection: { breakGlass: { principalIds: [], permissionSets: ["ReadOnly"] } } },
      "delete ReadOnly for Group 1 in Account 1",
    ],
    [
      "a break-glass permission set itself",
      { sets: [set], protection: { breakGlass: { principalIds: [], permissionSets: ["Rescue"] } } },
      "delete the permission set Rescue",
    ],
    [
      "the management account, from deletions",
      { changes: [aChange("delete", MANAGEMENT, 1)] },
      `delete ReadOnly for Group 1 in Account ${MANAGEMENT}`,
    ],
    [
      "the management account, from new access",
      { changes: [aChange("create", MANAGEMENT, 1)] },
      `create ReadOnly for Group 1 in Account ${MANAGEMENT}`,
    ],
  ];

  it.each(forbidden)(
    "is %s: also from a plan that was judged and approved",
    async (_, circumstances, change) => {
      const { open } = await setUp({ ...circumstances, isApproved: true });
      await expect(open()).rejects.toMatchObject({
        name: "RunOvertaken",
        message: `The current settings forbid: ${change}`,
      });
    },
  );

  it("is not what a plan gives a break-glass principal, nor a management account that is managed", async () => {
    const breakGlass = { principalIds: [objectId(2)], permissionSets: ["Admin"] };
    await (await setUp({ protection: { breakGlass } })).open();
    const changes = [aChange("delete", MANAGEMENT, 1)];
    await (await setUp({ changes, protection: { manageManagementAccount: true } })).open();
  });
});
