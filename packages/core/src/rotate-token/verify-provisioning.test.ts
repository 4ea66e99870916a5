import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import type { EventSink } from "../events.ts";
import type { ProvisioningJobs, ProvisioningStatus } from "../ports/provisioning-jobs.ts";
import { CONNECTIONS } from "../connect/connection.ts";
import { verifyProvisioning } from "./verify-provisioning.ts";

const INSTALLED = "2026-03-01T10:00:00.000Z";
const BEFORE = "2026-03-01T09:59:00Z";
const AFTER = "2026-03-01T10:30:00Z";
const active: ProvisioningStatus = {
  code: "Active",
  isScheduled: true,
  initialCycleAt: BEFORE,
  lastCycle: null,
  quarantine: null,
  users: 3,
  groups: 1,
};

async function verify(status: Partial<ProvisioningStatus>, now = AFTER) {
  const records = new MemoryRecords();
  await CONNECTIONS.put(records, "connection", {
    identityStoreId: "d-1",
    application: {
      applicationObjectId: "app-1",
      appId: "client-1",
      servicePrincipalId: "sp-1",
      displayName: "AWS",
      templateId: null,
    },
    jobId: "job-1",
    scim: { endpoint: "https://scim.example", secret: { name: "s", versionId: "v" }, expiresAt: AFTER },
  });
  const warnings: string[] = [];
  const events: EventSink = {
    emit: (code, payload) => {
      if (code === "warning.raised") warnings.push(JSON.stringify(payload));
    },
  };
  const provisioning = {
    readStatus: async () => ({ ...active, ...status }),
  } as Partial<ProvisioningJobs> as ProvisioningJobs;
  const clock = { now: () => Date.parse(now), sleep: async () => undefined };
  return { ...(await verifyProvisioning(INSTALLED, { records, events, provisioning, clock })), warnings };
}

const quarantine = {
  seriesBeganAt: null,
  reason: "EncounteredQuarantineException",
  code: "Refused",
  message: "401",
};

describe("verifyProvisioning", () => {
  it.each([
    ["a cycle that went well and began after the installation", "Succeeded", AFTER, true],
    ["one in which single entries failed, which is not the token's fault", "EntryLevelErrors", AFTER, true],
    ["a failed one", "Failed", AFTER, false],
    ["one that was in progress when the token was installed", "Succeeded", BEFORE, false],
  ] as const)(
    "is satisfied by no less than a good cycle of the new token: %s",
    async (_what, state, beganAt, verified) => {
      expect(await verify({ lastCycle: { state, beganAt } })).toMatchObject({ verified });
    },
  );

  it("ends with Entra's words when the job is quarantined after the installation", async () => {
    const verdict = verify({ code: "Quarantine", quarantine: { ...quarantine, beganAt: AFTER } });
    await expect(verdict).rejects.toMatchObject({ name: "ProvisioningQuarantined" });
    await expect(verdict).rejects.toThrow("EncounteredQuarantineException: Refused: 401");
  });

  it("does not blame the new token for a quarantine that the former one brought about", async () => {
    const status = { code: "Quarantine", quarantine: { ...quarantine, beganAt: BEFORE } } as const;
    expect(await verify(status)).toMatchObject({ verified: false });
  });

  it("blames it where Entra does not say when the quarantine began", async () => {
    const status = { code: "Quarantine", quarantine: { ...quarantine, beganAt: null } } as const;
    await expect(verify(status)).rejects.toMatchObject({ name: "ProvisioningQuarantined" });
  });

  it("takes Entra's own test for enough when somebody has paused the job, and says so", async () => {
    const { verified, warnings } = await verify({ code: "Paused", isScheduled: false });
    expect(verified).toBe(true);
    expect(warnings.join()).toMatch(/paused/);
  });

  it("gives up after twelve hours without a good cycle", async () => {
    await expect(verify({}, "2026-03-01T22:00:01Z")).rejects.toMatchObject({ name: "ProvisioningTimedOut" });
    expect(await verify({}, "2026-03-01T21:59:59Z")).toMatchObject({ verified: false });
  });
});
