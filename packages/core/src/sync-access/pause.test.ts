import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { NO_GUARDRAILS } from "../../test-support/sample-world.ts";
import type { Guardrails } from "../settings.ts";
import { listDirty } from "../changes/dirty-set.ts";
import { pauseSync, readPause, refuseWhenPaused, resumeSync } from "./pause.ts";

const DEPLOYED: Guardrails = {
  maxDeletions: 1,
  maxDeletionPercent: 1,
  deletionsPerDay: 1,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};
const INCIDENT = { reason: "incident 7", by: "olivia" };

function setUp() {
  const started: string[] = [];
  let ids = 0;
  return {
    started,
    ports: {
      records: new MemoryRecords(),
      clock: new VirtualClock(),
      events: { emit: () => undefined },
      newId: () => `id-${(ids += 1)}`,
      executions: {
        start(flow: string) {
          started.push(flow);
          return Promise.resolve("arn");
        },
      },
    },
  };
}

function refuse(records: MemoryRecords, deployed: Partial<Guardrails> = {}, policy = NO_GUARDRAILS) {
  const settings = { guardrails: { ...DEPLOYED, ...deployed } };
  return refuseWhenPaused({ guardrails: policy }, { settings, records });
}

describe("the kill switch", () => {
  it("stops every step that writes until it is taken back, and says who threw it, when and why", async () => {
    const { ports } = setUp();
    await refuse(ports.records);
    await pauseSync(INCIDENT, ports);
    await expect(refuse(ports.records)).rejects.toMatchObject({
      name: "SyncPaused",
      message: "All runs are paused since 2026-11-03T08:00:00.000Z by olivia: incident 7",
    });
    await resumeSync(ports);
    await refuse(ports.records);
    expect(await readPause(ports)).toBeNull();
  });

  it("stays as it was first thrown when it is thrown again", async () => {
    const { ports } = setUp();
    const { pause, isNew } = await pauseSync(INCIDENT, ports);
    expect(isNew).toBe(true);
    await ports.clock.sleep(60_000);
    expect(await pauseSync({ reason: "me too", by: "rita" }, ports)).toEqual({ pause, isNew: false });
    expect(await readPause(ports)).toEqual(pause);
  });

  it("marks everything and starts a drain when it is taken back, and does nothing when it was not thrown", async () => {
    const { ports, started } = setUp();
    expect(await resumeSync(ports)).toBeNull();
    expect(started).toEqual([]);
    const { pause } = await pauseSync(INCIDENT, ports);
    expect(await resumeSync(ports)).toEqual(pause);
    expect(started).toEqual(["drain-changes"]);
    expect((await listDirty(ports)).map(({ id }) => id)).toEqual(["all"]);
  });

  it("starts the drain when it is taken back again after that had failed", async () => {
    const { ports, started } = setUp();
    await pauseSync(INCIDENT, ports);
    const broken = { ...ports, executions: { start: () => Promise.reject(new Error("no")) } };
    await expect(resumeSync(broken)).rejects.toThrow("no");
    expect(await resumeSync(ports)).toBeNull();
    expect(started).toEqual(["drain-changes"]);
  });

  it("is also thrown by the policy and by the deployment's settings", async () => {
    const paused = { name: "SyncPaused" };
    await expect(refuse(new MemoryRecords(), { paused: true })).rejects.toMatchObject(paused);
    await expect(refuse(new MemoryRecords(), {}, { ...NO_GUARDRAILS, paused: true })).rejects.toMatchObject(
      paused,
    );
  });
});
