import { describe, expect, it } from "vitest";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { clearChanges } from "../changes/claim-changes.ts";
import { keepSnapshot, readSnapshot } from "../sync-access/snapshot.ts";
import { keepConcernReport, notDoneReport, readConcernReport } from "../watch/concern-reports.ts";
import { LATEST_HEALTH_KEY } from "../watch/publish-health.ts";
import { readHealth } from "../watch/read-health.ts";

const AT = "2026-01-01T00:00:00.000Z";
const clock = { now: () => Date.parse(AT), sleep: async () => undefined };
/** As version 0.1.0 wrote it. */
const HEALTH = {
  version: 1,
  checkedAt: AT,
  worst: "ok",
  connection: {
    applicationName: null,
    tenantId: null,
    instanceArn: null,
    portalUrl: null,
    connectedAt: null,
  },
  concerns: [],
};
const CONCERN_KEY = "health/concerns/scim-token.json";

describe("a snapshot", () => {
  it.each([
    { value: [{ id: "account/1" }] },
    { value: { accounts: [] } },
    { value: { version: 1, assignments: [] } },
  ])("of today is read: $value", async ({ value }) => {
    const objects = new MemoryObjects();
    expect(await readSnapshot(await keepSnapshot("plan", value, { objects }), { objects })).toEqual(value);
  });

  it("of a newer version is refused by name", async () => {
    const objects = new MemoryObjects();
    const key = await keepSnapshot("instance", { version: 2, instance: {} }, { objects });
    await expect(readSnapshot(key, { objects })).rejects.toMatchObject({
      name: "RecordTooNew",
      message: expect.stringContaining(`object ${key} has version 2`),
    });
  });
});

describe("the health document", () => {
  it("of yesterday is read", async () => {
    const objects = new MemoryObjects();
    await objects.putText(LATEST_HEALTH_KEY, JSON.stringify(HEALTH));
    expect(await readHealth({ objects })).toEqual(HEALTH);
  });

  it.each([
    ["a newer version", JSON.stringify({ ...HEALTH, version: 2 }), "RecordTooNew", "version 2"],
    ["a wrong field", JSON.stringify({ ...HEALTH, worst: "unclear" }), "StoredRecordInvalid", "worst"],
    ["half a text", JSON.stringify(HEALTH).slice(0, 20), "StoredRecordInvalid", "not JSON"],
  ])("with %s is refused by name", async (_, text, name, said) => {
    const objects = new MemoryObjects();
    await objects.putText(LATEST_HEALTH_KEY, text);
    await expect(readHealth({ objects })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(said),
    });
  });
});

describe("claimed marks", () => {
  it.each([
    ["half a text", '[{"id":"all"', "not JSON"],
    ["a mark without its moment", '[{"id":"all","value":{"mark":"m"},"revision":1}]', "[0].value.at"],
  ])("of %s clear nothing, by name", async (_, text, said) => {
    const [objects, records] = [new MemoryObjects(), new MemoryRecords()];
    await records.put("dirty", "all", { mark: "m", at: 0 });
    await objects.putText("changes/claims/1.json", text);
    await expect(clearChanges("changes/claims/1.json", { objects, records })).rejects.toMatchObject({
      name: "StoredRecordInvalid",
      message: expect.stringContaining(said),
    });
    expect(await records.list("dirty")).toHaveLength(1);
  });
});

describe("the report of a concern", () => {
  it("is read as it was kept", async () => {
    const objects = new MemoryObjects();
    const report = notDoneReport("scim-token", "Entra did not answer.", AT);
    await keepConcernReport(report, { objects });
    expect(await readConcernReport("scim-token", { objects, clock })).toEqual(report);
  });

  it("that cannot be read counts as not done, and says so", async () => {
    const objects = new MemoryObjects();
    await objects.putText(CONCERN_KEY, JSON.stringify({ version: 2 }));
    const { outcome, findings } = await readConcernReport("scim-token", { objects, clock });
    expect(outcome).toBe("not-done");
    expect(findings[0]?.what).toContain(`object ${CONCERN_KEY} has version 2`);
  });
});
