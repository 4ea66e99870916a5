import { describe, expect, it } from "vitest";
import { CYCLE, HOUR, mails, person, startedJob } from "../../../test-support/started-job.ts";

const people = ["Ada", "Bob", "Cleo", "Dan"].map((name) => person(name));
const file = {
  users: people,
  groups: [
    { name: "Ops", users: mails(people) },
    { name: "Small", users: mails(people.slice(0, 1)) },
  ],
};

function settings(value: Record<string, unknown>): Record<string, string> {
  return {
    SyncNotificationSettings: JSON.stringify({ Enabled: true, Recipients: "a@contoso.com", ...value }),
  };
}

const THREE = settings({ DeleteThresholdEnabled: true, DeleteThresholdValue: 3 });

/** Everybody but Ada leaves the scope, and the group Ops: four deletions. */
async function leaving(secrets: Record<string, string>) {
  const job = await startedJob(file, { names: ["Ops", "Small"], secrets });
  await job.clock.advance(10_000);
  job.writes();
  await job.unassign("Ops");
  await job.clock.advance(CYCLE);
  return job;
}

describe("accidental-deletion prevention", () => {
  it("is off unless it was switched on", async () => {
    const { writes, status } = await leaving({});
    expect(writes()).toEqual([
      "DELETE /Groups/{id}",
      ...Array.from({ length: 3 }, () => "PATCH /Users/{id}"),
    ]);
    expect(await status()).toMatchObject({ code: "Active" });
  });

  it("lets pass what stays at the threshold, and 500 where none is named", async () => {
    const four = await leaving(settings({ DeleteThresholdEnabled: true, DeleteThresholdValue: 4 }));
    expect(await four.status()).toMatchObject({ code: "Active" });
    const unnamed = await leaving(settings({ DeleteThresholdEnabled: true }));
    expect(await unnamed.status()).toMatchObject({ code: "Active" });
  });

  it("stages everything above the threshold, and says so in status and log", async () => {
    const { writes, status, log } = await leaving(THREE);
    expect(writes()).toEqual([]);
    expect(await status()).toMatchObject({ code: "Quarantine", quarantine: { reason: "TooManyDeletes" } });
    const staged = await log("?$filter=provisioningAction eq 'stagedDelete'");
    expect(staged.map(({ sourceIdentity }) => sourceIdentity.displayName).toSorted()).toEqual([
      "Bob",
      "Cleo",
      "Dan",
      "Ops",
    ]);
  });

  it("still carries over what is new", async () => {
    const { assignTo, clock, scim, unassign } = await startedJob(
      { ...file, users: [...people, person("Eve")] },
      { names: ["Ops"], secrets: THREE },
    );
    await clock.advance(10_000);
    await unassign("Ops");
    await assignTo("Eve");
    await clock.advance(CYCLE);
    expect([...scim.users.values()].filter(({ active }) => active)).toHaveLength(5);
  });

  it("deletes when an administrator allows it, that once", async () => {
    const { writes, status, restart, clock, assignTo, unassign } = await leaving(THREE);
    expect((await restart("ForceDeletes")).status).toBe(204);
    await clock.advance(10_000);
    expect(writes()).toHaveLength(4);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });

    await assignTo("Ops");
    await clock.advance(CYCLE);
    await unassign("Ops");
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({ code: "Quarantine" });
  });

  it("holds in later attempts, and ends by itself when who left is assigned again", async () => {
    const { writes, status, clock, assignTo } = await leaving(THREE);
    await clock.advance(13 * HOUR);
    expect(await status()).toMatchObject({ quarantine: { reason: "TooManyDeletes", seriesCount: 3 } });
    await assignTo("Ops");
    await clock.advance(24 * HOUR);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
    expect(writes()).toEqual([]);
  });
});
