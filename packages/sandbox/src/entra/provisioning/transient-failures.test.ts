import { describe, expect, it } from "vitest";
import type { Weather } from "../../../test-support/fake-scim.ts";
import { CYCLE, HOUR, mails, person, startedJob } from "../../../test-support/started-job.ts";

const people = ["Ada", "Bob", "Cleo"].map((name) => person(name));
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };
const MINUTE = 60_000;

function started() {
  return startedJob(file, { names: ["Ops"] });
}

/** The weather of the first writes; the rest succeed. */
function first(count: number, weather: Weather) {
  let left = count;
  return ({ method }: Request) => (method !== "GET" && left-- > 0 ? weather : "fair");
}

/** Applies to everything about one user, by the content of its requests. */
function aboutAda(weather: Weather) {
  return (request: Request) => (/ada/i.test(decodeURIComponent(request.url)) ? weather : "fair");
}

describe("a request that meets what passes by itself", () => {
  it.each<[string, Weather]>([
    ["a lost connection", "no-answer"],
    ["an answer that gets lost", "lost-answer"],
    ["429", 429],
    ["500", 500],
    ["503", 503],
  ])("is sent again within the cycle: %s", async (_, weather) => {
    const { clock, scim, status, log } = await started();
    scim.weather = first(5, weather);
    await clock.advance(2 * MINUTE);
    expect([...scim.users.values()].map(({ displayName }) => displayName).toSorted()).toEqual([
      "Ada",
      "Bob",
      "Cleo",
    ]);
    expect([...scim.groups.values()].map(({ members }) => members.size)).toEqual([3]);
    expect(await status()).toMatchObject({
      code: "Active",
      quarantine: null,
      lastExecution: { state: "Succeeded", countEscrowed: 0 },
    });
    expect((await log()).map((one) => one.provisioningStatusInfo.status)).not.toContain("failure");
  });

  it.each<[string, Weather]>([
    ["WebExceptionProtocolError", "no-answer"],
    ["TooManyRequests", 429],
    ["InternalServerError", 502],
    ["SystemForCrossDomainIdentityManagementServiceIncompatible", { text: "<html>Sign in</html>" }],
  ])(
    "ends with the object in escrow when it does not pass, and the job continues: %s",
    async (code, weather) => {
      const { clock, scim, status, log } = await started();
      scim.weather = aboutAda(weather);
      await clock.advance(2 * MINUTE);
      expect(scim.users.size).toBe(2);
      expect(await status()).toMatchObject({
        code: "Active",
        quarantine: null,
        lastExecution: { state: "EntryLevelErrors", countEscrowed: 1 },
      });
      const failed = (await log()).filter((one) => one.provisioningStatusInfo.status === "failure");
      expect(failed).toMatchObject([
        {
          sourceIdentity: { displayName: "Ada" },
          provisioningStatusInfo: { errorInformation: { errorCode: code } },
        },
      ]);

      scim.weather = () => "fair";
      await clock.advance(CYCLE);
      expect(scim.users.size).toBe(3);
      expect([...scim.groups.values()].map(({ members }) => members.size)).toEqual([3]);
    },
  );
});

describe("an endpoint that cannot be reached", () => {
  it("does not quarantine the job when only the first question of a cycle is lost", async () => {
    const { clock, scim, status } = await started();
    let asked = 0;
    scim.weather = () => ((asked += 1) === 1 ? "no-answer" : "fair");
    await clock.advance(MINUTE);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
    expect(scim.users.size).toBe(3);
  });

  it("quarantines it when a cycle cannot begin, after some attempts", async () => {
    const { clock, scim, status } = await started();
    scim.weather = () => "no-answer";
    await clock.advance(2 * MINUTE);
    expect(scim.requests).toEqual(Array.from({ length: 8 }, () => "GET /Users"));
    expect(await status()).toMatchObject({
      code: "Quarantine",
      quarantine: {
        reason: "EncounteredQuarantineException",
        error: { message: expect.stringContaining("cannot be reached") },
      },
    });
    scim.weather = () => "fair";
    await clock.advance(6 * HOUR);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
  });

  it("is asked no more by a pause: nothing continues waiting", async () => {
    const { clock, scim, act, status } = await started();
    scim.weather = first(1000, "no-answer");
    await clock.advance(12_000);
    await act("pause");
    await clock.advance(1);
    expect(clock.sleeping()).toBe(0);

    scim.weather = () => "fair";
    await act("start");
    await clock.advance(10_000);
    expect(scim.users.size).toBe(3);
    expect(await status()).toMatchObject({ lastExecution: { state: "Succeeded" } });
  });
});

describe("an endpoint that stops answering in the middle of a cycle", () => {
  const many = Array.from({ length: 60 }, (_, index) => person(`User${index}`));
  const crowd = { users: many, groups: [{ name: "Ops", users: mails(many) }] };

  /** In the first cycle, ten users in. */
  async function silenced() {
    const job = await startedJob(crowd, { names: ["Ops"] });
    job.scim.weather = () => (job.scim.users.size < 10 ? "fair" : "no-answer");
    await job.clock.advance(5 * MINUTE);
    return job;
  }

  it("breaks the cycle off without a quarantine, and the next one continues", async () => {
    const { clock, scim, status } = await silenced();
    expect(scim.requests.length).toBeLessThan(200);
    expect(await status()).toMatchObject({
      code: "NotRun",
      quarantine: null,
      countSuccessiveCompleteFailures: 1,
      lastExecution: { state: "Failed", error: { code: "WebExceptionProtocolError" } },
    });
    scim.weather = () => "fair";
    await clock.advance(CYCLE);
    expect(scim.users.size).toBe(60);
    expect([...scim.groups.values()].map(({ members }) => members.size)).toEqual([60]);
    expect(await status()).toMatchObject({ code: "Active", countSuccessiveCompleteFailures: 0 });
  });

  it("leads to quarantine when it is still silent at the next cycle", async () => {
    const { clock, status } = await silenced();
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({ code: "Quarantine" });
  });

  it("keeps a job in quarantine until its next attempt", async () => {
    const { clock, scim, status } = await startedJob(crowd, { names: ["Ops"] });
    scim.weather = () => "no-answer";
    await clock.advance(2 * MINUTE);
    scim.weather = ({ method }) => (method === "GET" ? "fair" : "no-answer");
    await clock.advance(6 * HOUR);
    expect(await status()).toMatchObject({ code: "Quarantine", quarantine: { seriesCount: 2 } });
    scim.requests.length = 0;
    await clock.advance(5 * HOUR);
    expect(scim.requests).toEqual([]);
  });
});

describe("a refusal of the credentials in the middle of a cycle", () => {
  it.each([401, 403])("quarantines the job at once: %i", async (weather) => {
    const { clock, scim, status } = await started();
    scim.weather = first(1, weather);
    await clock.advance(MINUTE);
    expect(await status()).toMatchObject({
      code: "Quarantine",
      quarantine: { reason: "EncounteredQuarantineException" },
    });
  });
});
