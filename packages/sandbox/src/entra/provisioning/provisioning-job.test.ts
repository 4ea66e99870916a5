import { describe, expect, it } from "vitest";
import {
  type Answer,
  assign,
  makeApplication,
  makeJob,
  makeTestTenant,
  secretsOf,
} from "../../../test-support/test-tenant.ts";
import { CYCLE, startedJob as makeStartedJob } from "../../../test-support/started-job.ts";

const file = {
  users: [
    { userPrincipalName: "ada@contoso.com", displayName: "Ada", givenName: "Ada", surname: "Lovelace" },
    { userPrincipalName: "bob@contoso.com", displayName: "Bob", givenName: "Bob", surname: "Kahn" },
    { userPrincipalName: "cleo@contoso.com", displayName: "Cleo", givenName: "Cleo" },
    {
      userPrincipalName: "dan@contoso.com",
      displayName: "Dan",
      givenName: "Dan",
      surname: "Roe",
      enabled: false,
    },
  ],
  groups: [
    {
      name: "Ops",
      users: ["ada@contoso.com", "cleo@contoso.com", "dan@contoso.com"],
      groups: ["Night shift"],
    },
    { name: "Night shift", users: ["bob@contoso.com"] },
    { name: "Mail list", users: ["bob@contoso.com"], securityEnabled: false },
  ],
};
/** A job with the groups `names` in its scope, started. */
async function startedJob({ names = ["Ops"], token }: { names?: string[]; token?: string } = {}) {
  const job = await makeStartedJob(file, { names, ...(token !== undefined && { token }) });
  return { ...job, tenant: job };
}

function named<T extends { displayName: string }>(items: Iterable<T>, name: string): T {
  const item = [...items].find(({ displayName }) => displayName === name);
  if (!item) throw new Error(`Nothing is called ${name}`);
  return item;
}

function failures({ body }: Answer): Record<string, unknown>[] {
  const { value } = body as { value: { provisioningStatusInfo: { status: string } }[] };
  return value.filter(({ provisioningStatusInfo }) => provisioningStatusInfo.status === "failure");
}

describe("a provisioning job", () => {
  it("is NotConfigured until it is started, then NotRun, then Active after the initial cycle", async () => {
    const tenant = await makeTestTenant(file);
    const path = await makeJob(tenant, await makeApplication(tenant));
    const never = "0001-01-01T00:00:00Z";
    expect((await tenant.call("GET", path)).body).toMatchObject({
      schedule: { state: "Disabled" },
      status: { code: "NotConfigured", steadyStateFirstAchievedTime: never, lastExecution: null },
    });
    expect((await tenant.call("POST", `${path}/start`)).status).toBe(204);
    expect((await tenant.call("GET", path)).body).toMatchObject({
      schedule: { state: "Active", interval: "PT40M" },
      status: { code: "NotRun", steadyStateFirstAchievedTime: never },
    });
    await tenant.clock.advance(10_000);
    expect((await tenant.call("GET", path)).body).toMatchObject({
      status: {
        code: "Active",
        steadyStateFirstAchievedTime: expect.stringMatching(/^2026/),
        quarantine: null,
      },
    });
  });

  it("brings assigned groups and their direct, enabled members with their object ids; nested ones stay away", async () => {
    const { clock, scim, entra, status } = await startedJob({ names: ["Ops", "Mail list"] });
    await clock.advance(10_000);
    const ada = named(entra.users(), "Ada");
    expect([...scim.users.values()]).toMatchObject([
      { userName: "ada@contoso.com", externalId: ada.id, active: true, name: { familyName: "Lovelace" } },
    ]);
    expect([...scim.groups.values()]).toMatchObject([
      { displayName: "Ops", externalId: named(entra.groups(), "Ops").id },
    ]);
    expect(named(scim.groups.values(), "Ops").members).toEqual(new Set(scim.users.keys()));
    expect(await status()).toMatchObject({
      synchronizedEntryCountByType: [
        { key: "User", value: 1 },
        { key: "Group", value: 1 },
      ],
    });
  });

  it("keeps a user without surname in escrow, says so in the log, and continues", async () => {
    const { clock, tenant, path, status, entra } = await startedJob();
    await clock.advance(10_000);
    expect(await status()).toMatchObject({
      code: "Active",
      lastExecution: { state: "EntryLevelErrors", countEscrowed: 1, countExported: 2 },
    });
    const jobId = path.split("/").at(-1) ?? "";
    const log = await tenant.call("GET", `/auditLogs/provisioning?$filter=jobId eq '${jobId}'`);
    expect(failures(log)).toMatchObject([
      {
        jobId,
        sourceIdentity: { id: named(entra.users(), "Cleo").id, displayName: "Cleo", identityType: "User" },
        provisioningStatusInfo: {
          errorInformation: {
            errorCode: "SystemForCrossDomainIdentityManagementServiceIncompatible",
            reason: expect.stringContaining("violates schema"),
          },
        },
      },
    ]);
    const other = await tenant.call("GET", "/auditLogs/provisioning?$filter=jobId eq 'other'");
    expect(other.body).toMatchObject({ value: [] });
  });

  it("changes nothing in a second cycle, and carries changes over in later ones", async () => {
    const { clock, scim, entra } = await startedJob();
    await clock.advance(10_000);
    named(entra.users(), "Cleo").surname = "Patra";
    await clock.advance(CYCLE);
    scim.requests.length = 0;
    await clock.advance(CYCLE);
    expect(scim.requests.filter((request) => !request.startsWith("GET"))).toEqual([]);

    named(entra.users(), "Ada").displayName = "Ada L.";
    named(entra.groups(), "Ops").userIds.delete(named(entra.users(), "Cleo").id);
    await clock.advance(CYCLE);
    expect(scim.requests.filter((request) => !request.startsWith("GET")).sort()).toEqual([
      "PATCH /Groups/{id}",
      "PATCH /Users/{id}",
      "PATCH /Users/{id}",
    ]);
    expect(named(scim.users.values(), "Ada L.").active).toBe(true);
    expect(named(scim.users.values(), "Cleo").active).toBe(false);
    expect(named(scim.groups.values(), "Ops").members.size).toBe(1);
  });

  it("takes over users and groups that AWS has under the same names", async () => {
    const tenant = await startedJob();
    const name = { givenName: "A", familyName: "L" };
    tenant.scim.users.set("u-old", {
      id: "u-old",
      userName: "ada@contoso.com",
      displayName: "?",
      active: false,
      name,
    });
    tenant.scim.groups.set("g-old", { id: "g-old", displayName: "Ops", members: new Set() });
    await tenant.clock.advance(10_000);
    expect(tenant.scim.users.get("u-old")).toMatchObject({ displayName: "Ada", active: true });
    expect(tenant.scim.groups.get("g-old")).toMatchObject({ members: new Set(["u-old"]) });
    expect(tenant.scim.groups.size).toBe(1);
  });

  it("creates again what somebody deleted in AWS, when the object changes", async () => {
    const { clock, scim, entra } = await startedJob();
    await clock.advance(10_000);
    scim.users.clear();
    named(entra.users(), "Ada").displayName = "Ada L.";
    await clock.advance(CYCLE);
    expect([...scim.users.values()]).toMatchObject([{ displayName: "Ada L." }]);
    expect(named(scim.groups.values(), "Ops").members).toContain([...scim.users.keys()][0]);
  });

  it("rests while it is paused", async () => {
    const { clock, scim, act, status, tenant, application } = await startedJob();
    await clock.advance(10_000);
    await act("pause");
    expect(await status()).toMatchObject({ code: "Paused" });
    await assign(tenant, application, "Night shift");
    await clock.advance(2 * CYCLE);
    expect(scim.groups.size).toBe(1);
    await act("start");
    await clock.advance(10_000);
    expect(scim.groups.size).toBe(2);
  });

  it("stops for good when the sandbox closes", async () => {
    const { clock, scim, entra } = await startedJob();
    await clock.advance(10_000);
    entra.close();
    scim.requests.length = 0;
    await clock.advance(3 * CYCLE);
    expect(scim.requests).toEqual([]);
  });

  it("deletes a group that is no longer assigned", async () => {
    const { clock, scim, unassign } = await startedJob({ names: ["Ops", "Night shift"] });
    await clock.advance(10_000);
    await unassign("Night shift");
    await clock.advance(CYCLE);
    expect([...scim.groups.values()].map(({ displayName }) => displayName)).toEqual(["Ops"]);
    expect(named(scim.users.values(), "Bob").active).toBe(false);
  });
});

describe("a quarantine", () => {
  it("follows a refused token: nothing arrives, Entra's code says why, the token does not show", async () => {
    const { clock, scim, status } = await startedJob({ token: "canary-4711" });
    await clock.advance(10_000);
    expect(scim.users.size + scim.groups.size).toBe(0);
    const seen = await status();
    expect(seen).toMatchObject({
      code: "Quarantine",
      steadyStateFirstAchievedTime: "0001-01-01T00:00:00Z",
      lastExecution: { state: "Failed" },
      quarantine: {
        reason: "EncounteredQuarantineException",
        seriesCount: 1,
        error: {
          code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure",
          message: expect.stringContaining("Response Status Code: Unauthorized"),
          tenantActionable: true,
        },
      },
    });
    expect(JSON.stringify(seen)).not.toContain("canary-4711");
  });

  it("ends with a new token and a start", async () => {
    const { clock, scim, status, act, tenant, application } = await startedJob({ token: "old-token" });
    await clock.advance(10_000);
    const secrets = `/servicePrincipals/${application.servicePrincipalId}/synchronization/secrets`;
    await tenant.call("PUT", secrets, { body: secretsOf(scim, scim.token) });
    await act("start");
    expect(await status()).toMatchObject({ code: "NotRun", quarantine: null });
    await clock.advance(10_000);
    expect(await status()).toMatchObject({ code: "Active" });
    expect(scim.users.size).toBe(1);
  });

  it("begins when a token that worked is revoked, and is tried again only hours later", async () => {
    const { clock, scim, status } = await startedJob();
    await clock.advance(10_000);
    scim.token = "another-token";
    await clock.advance(CYCLE);
    expect(await status()).toMatchObject({ code: "Quarantine" });
    scim.requests.length = 0;
    await clock.advance(2 * CYCLE);
    expect(scim.requests).toEqual([]);
    scim.token = "right-token";
    await clock.advance(6 * 3_600_000);
    expect(await status()).toMatchObject({ code: "Active", quarantine: null });
  });
});
