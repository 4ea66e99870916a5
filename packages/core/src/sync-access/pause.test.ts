import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../apply/memory-records.ts";
import { VirtualClock } from "../apply/virtual-clock.ts";
import { NO_GUARDRAILS } from "../policy/sample-world.ts";
import type { Guardrails } from "../settings.ts";
import { pauseSync, readPause, refuseWhenPaused, resumeSync } from "./pause.ts";

const DEPLOYED: Guardrails = {
  maxDeletions: 1,
  maxDeletionPercent: 1,
  deletionsPerDay: 1,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

function refuse(records: MemoryRecords, deployed: Partial<Guardrails> = {}, policy = NO_GUARDRAILS) {
  const settings = { guardrails: { ...DEPLOYED, ...deployed } };
  return refuseWhenPaused({ guardrails: policy }, { settings, records });
}

describe("the kill switch", () => {
  it("stops every step that writes until it is taken back, and says why", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    await refuse(ports.records);
    await pauseSync("incident 7", ports);
    await expect(refuse(ports.records)).rejects.toMatchObject({
      name: "SyncPaused",
      message: expect.stringContaining("incident 7"),
    });
    expect(await readPause(ports)).toMatchObject({ reason: "incident 7" });
    await resumeSync(ports);
    await refuse(ports.records);
  });

  it("is also thrown by the policy and by the deployment's settings", async () => {
    const paused = { name: "SyncPaused" };
    await expect(refuse(new MemoryRecords(), { paused: true })).rejects.toMatchObject(paused);
    await expect(refuse(new MemoryRecords(), {}, { ...NO_GUARDRAILS, paused: true })).rejects.toMatchObject(
      paused,
    );
  });
});
