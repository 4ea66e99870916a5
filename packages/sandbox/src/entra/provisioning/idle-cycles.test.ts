import { describe, expect, it } from "vitest";
import { CYCLE, DAY, mails, person, startedJob } from "../../../test-support/started-job.ts";

const people = [person("Ada"), person("Bob")];
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };
const CYCLES_A_DAY = 36;

async function running() {
  const job = await startedJob(file, { names: ["Ops"] });
  await job.clock.advance(10_000);
  job.scim.requests.length = 0;
  return job;
}

describe("a cycle with nothing to do", () => {
  it("asks AWS one question, every 40 minutes", async () => {
    const { clock, scim } = await running();
    await clock.advance(DAY);
    expect(scim.requests).toEqual(Array.from({ length: CYCLES_A_DAY }, () => "GET /Users"));
  });

  it("shows as an execution without exports, and does not fill the log", async () => {
    const { clock, status, log } = await running();
    const before = (await log()).length;
    const first = (await status())["lastExecution"] as { activityIdentifier: string };
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({
      lastExecution: { state: "Succeeded", countExported: 0, countEscrowed: 0 },
      lastSuccessfulExecutionWithExports: { activityIdentifier: first.activityIdentifier },
    });
    expect(await log()).toHaveLength(before);
  });

  it("notices within 40 minutes that the token is not good any more", async () => {
    const { clock, scim, status } = await running();
    await clock.advance(30 * DAY);
    scim.token = "another-token";
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({
      code: "Quarantine",
      lastExecution: { state: "Failed" },
      quarantine: {
        reason: "EncounteredQuarantineException",
        error: { code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure" },
      },
    });
  });

  it("is followed by one that sees every kind of change", async () => {
    const { clock, user, group, writes } = await running();
    const changes = [
      () => (user("Ada").givenName = "Augusta"),
      () => (user("Ada").userPrincipalName = "augusta@contoso.com"),
      () => (group("Ops").displayName = "Operations"),
      () => group("Operations").userIds.delete(user("Bob").id),
      () => group("Operations").userIds.add(user("Bob").id),
      () => (user("Bob").accountEnabled = false),
    ];
    for (const change of changes) {
      await clock.advance(3 * CYCLE);
      expect(writes()).toEqual([]);
      change();
      await clock.advance(CYCLE);
      expect(writes()).not.toEqual([]);
    }
  });
});

describe("a job in quarantine for 28 days", () => {
  it("is disabled, and a start with a good token brings it back", async () => {
    const { clock, scim, status, act, call, path, saveSecrets } = await running();
    scim.token = "another-token";
    await clock.advance(CYCLE + 27 * DAY);
    expect((await call("GET", path)).body).toMatchObject({ schedule: { state: "Active" } });
    await clock.advance(DAY);
    expect((await call("GET", path)).body).toMatchObject({
      schedule: { state: "Disabled" },
      status: { code: "Quarantine" },
    });
    scim.requests.length = 0;
    await clock.advance(30 * DAY);
    expect(scim.requests).toEqual([]);

    await saveSecrets({ SecretToken: "another-token" });
    await act("start");
    await clock.advance(10_000);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
  });
});
