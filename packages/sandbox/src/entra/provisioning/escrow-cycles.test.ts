import { describe, expect, it } from "vitest";
import { CYCLE, DAY, HOUR, mails, person, startedJob } from "../../../test-support/started-job.ts";

const people = [person("Ada"), person("Cleo", null)];
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };

/** Attempts to create users since the last check. */
function creates(requests: string[]): number {
  const count = requests.filter((request) => request === "POST /Users").length;
  requests.length = 0;
  return count;
}

describe("an object that AWS refuses", () => {
  it("is tried again in later cycles, ever more rarely, and arrives once it can, with its membership", async () => {
    const { clock, scim, user, status } = await startedJob(file, { names: ["Ops"] });
    await clock.advance(10_000);
    expect(creates(scim.requests)).toBe(2);
    await clock.advance(36 * CYCLE);
    expect(creates(scim.requests)).toBe(5);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });

    user("Cleo").surname = "Patra";
    await clock.advance(CYCLE);
    expect([...scim.users.values()].map(({ displayName }) => displayName)).toEqual(["Ada", "Cleo"]);
    expect([...scim.groups.values()][0]?.members).toEqual(new Set(scim.users.keys()));
    expect(await status()).toMatchObject({ lastExecution: { state: "Succeeded", countEscrowed: 0 } });
  });

  it("counts in every execution until it arrives, and none of these is one without errors", async () => {
    const { clock, status, user } = await startedJob(file, { names: ["Ops"] });
    await clock.advance(10_000);
    expect(await status()).toMatchObject({
      lastExecution: { state: "EntryLevelErrors", countEscrowed: 1, countExports: 3, countExported: 2 },
      lastSuccessfulExecution: null,
      lastSuccessfulExecutionWithExports: { countExported: 2 },
    });
    // The third cycle leaves it alone.
    await clock.advance(2 * CYCLE);
    expect(await status()).toMatchObject({
      lastExecution: { state: "Succeeded", countEscrowed: 1, countExports: 0 },
      lastSuccessfulExecution: null,
    });
    user("Cleo").surname = "Patra";
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({ lastSuccessfulExecution: { countEscrowed: 0, countExported: 2 } });
  });

  it("is left alone after a restart that clears escrows, until it changes", async () => {
    const { clock, scim, restart, user } = await startedJob(file, { names: ["Ops"] });
    await clock.advance(10_000);
    creates(scim.requests);
    await restart("Escrows");
    await clock.advance(3 * DAY);
    expect(creates(scim.requests)).toBe(0);
    user("Cleo").displayName = "Cleopatra";
    await clock.advance(CYCLE);
    expect(creates(scim.requests)).toBe(1);
  });
});

describe("very many objects that AWS refuses", () => {
  const refused = Array.from({ length: 5001 }, (_, index) => person(`User ${index}`, null)).map(
    (one, index) => ({
      ...one,
      userPrincipalName: `user${index}@contoso.com`,
    }),
  );
  const many = {
    users: [...people, ...refused],
    groups: [...file.groups, { name: "Many", users: mails(refused) }],
  };

  it("are dropped in the initial cycle, after which the job pauses", async () => {
    const { clock, scim, status } = await startedJob(many, { names: ["Many"] });
    await clock.advance(10_000);
    expect(await status()).toMatchObject({ code: "Paused", escrowsPruned: true, quarantine: null });
    expect(scim.groups.size).toBe(1);
  });

  it("bring a job that ran into quarantine, and out of it when they leave the scope", async () => {
    const { clock, status, assignTo, unassign } = await startedJob(many, { names: ["Ops"] });
    await clock.advance(10_000);
    await assignTo("Many");
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({
      code: "Quarantine",
      escrowsPruned: false,
      quarantine: { reason: "EncounteredEscrowProportionThreshold", error: { tenantActionable: true } },
    });
    await unassign("Many");
    await clock.advance(6 * HOUR);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
  });
});
