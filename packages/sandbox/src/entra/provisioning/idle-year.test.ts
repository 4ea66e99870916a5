import { describe, expect, it } from "vitest";
import { connectedSandbox } from "../../../test-support/connected-sandbox.ts";
import { DAY, person } from "../../../test-support/started-job.ts";

const people = ["Ada", "Bob", "Cleo"].map((name) => person(name));

describe("a year in which nothing changes", () => {
  it("is a request for each of its cycles, until the token's year is over", async () => {
    const { sandbox, clock, status } = await connectedSandbox(people);
    await clock.sleep(60_000);
    expect(sandbox.users()).toHaveLength(3);
    const from = sandbox.calls.calls.length;
    await clock.sleep(364 * DAY);
    expect(sandbox.calls.count(from)).toEqual({ scim: { ListUsers: 364 * 36 } });
    expect(await status()).toMatchObject({ status: { code: "Active", quarantine: null } });

    await clock.sleep(DAY);
    expect(await status()).toMatchObject({
      status: { code: "Quarantine", quarantine: { reason: "EncounteredQuarantineException" } },
    });
    sandbox.close();
  });

  it("costs some forty requests more when AWS never takes one of the users", async () => {
    const { sandbox, clock } = await connectedSandbox([...people, person("Dan", null)]);
    await clock.sleep(60_000);
    const from = sandbox.calls.calls.length;
    await clock.sleep(364 * DAY);
    const { CreateUser = 0, ...others } = sandbox.calls.count(from)["scim"] ?? {};
    expect(CreateUser).toBeGreaterThan(25);
    expect(CreateUser).toBeLessThan(40);
    // Each attempt looks for the user first.
    expect(others).toEqual({ ListUsers: 364 * 36 + CreateUser });
    sandbox.close();
  });
});
