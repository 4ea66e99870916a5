import { describe, expect, it } from "vitest";
import { CYCLE, mails, person, startedJob } from "../../../test-support/started-job.ts";

const people = [person("Ada"), person("Bob")];
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };

/** A job in its steady state, and what somebody changes in AWS behind its back. */
async function running() {
  const job = await startedJob(file, { names: ["Ops"] });
  await job.clock.advance(10_000);
  const [ada] = [...job.scim.users.values()].filter(({ displayName }) => displayName === "Ada");
  if (!ada) throw new Error("Ada has not arrived");
  return { ...job, ada };
}

describe("a restart", () => {
  it.each(["", "Watermark"])(
    "with '%s' looks at everything again and fixes what changed in AWS",
    async (scope) => {
      const { restart, clock, ada, status } = await running();
      ada.displayName = "Changed in AWS";
      await clock.advance(CYCLE);
      expect(ada.displayName).toBe("Changed in AWS");
      expect((await restart(scope)).status).toBe(204);
      expect(await status()).toMatchObject({ code: "NotRun", lastExecution: null });
      await clock.advance(10_000);
      expect(ada.displayName).toBe("Ada");
      expect(await status()).toMatchObject({ code: "Active" });
    },
  );

  it.each(["Escrows", "QuarantineState", "ForceDeletes", "None"])(
    "with '%s' alone does not",
    async (scope) => {
      const { restart, clock, ada } = await running();
      ada.displayName = "Changed in AWS";
      await restart(scope);
      await clock.advance(2 * CYCLE);
      expect(ada.displayName).toBe("Changed in AWS");
    },
  );

  it("with Watermark keeps the links: who was renamed in AWS is renamed back", async () => {
    const { restart, clock, ada, scim } = await running();
    ada.userName = "somebody@contoso.com";
    await restart("Watermark");
    await clock.advance(10_000);
    expect(ada.userName).toBe("ada@contoso.com");
    expect(scim.users.size).toBe(2);
  });

  it.each(["Full", "ConnectorDataStore"])(
    "with %s breaks the links: who was renamed in AWS is created again",
    async (scope) => {
      const { restart, clock, ada, scim } = await running();
      ada.userName = "somebody@contoso.com";
      await restart(scope);
      await clock.advance(10_000);
      expect(ada.userName).toBe("somebody@contoso.com");
      expect(scim.users.size).toBe(3);
    },
  );

  it("refuses a scope that is none, and takes several at once", async () => {
    const { restart } = await running();
    expect((await restart("Everything")).status).toBe(400);
    expect((await restart("Watermark, Escrows,QuarantineState")).status).toBe(204);
  });
});

/** A job that began with a refused token and has been given a good one. */
async function quarantined() {
  const job = await startedJob(file, { names: ["Ops"], token: "old-token" });
  await job.clock.advance(10_000);
  await job.saveSecrets({ SecretToken: job.scim.token });
  job.scim.requests.length = 0;
  return job;
}

describe("a restart of a job in quarantine", () => {
  it.each(["", "QuarantineState", "Full", "None"])(
    "with '%s' lifts the quarantine and tries at once",
    async (scope) => {
      const { restart, clock, status } = await quarantined();
      await restart(scope);
      expect(await status()).toMatchObject({ quarantine: null });
      await clock.advance(10_000);
      expect(await status()).toMatchObject({ code: "Active" });
    },
  );

  it("without QuarantineState leaves it in quarantine until the next attempt", async () => {
    const { restart, clock, status, scim } = await quarantined();
    await restart("Escrows");
    await clock.advance(2 * CYCLE);
    expect(await status()).toMatchObject({ code: "Quarantine" });
    expect(scim.requests).toEqual([]);
    await clock.advance(6 * 3_600_000);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
  });
});
