import { describe, expect, it } from "vitest";
import { CYCLE, DAY, mails, person, startedJob } from "../../../test-support/started-job.ts";
import { makeTestTenant } from "../../../test-support/test-tenant.ts";

const people = [person("Ada"), person("ada b"), person("Cleo", null)].map((one, index) => ({
  ...one,
  userPrincipalName: `user${index}@contoso.com`,
}));
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };

/** A job after its first cycle and a later one that has changed a user. */
async function logged() {
  const job = await startedJob(file, { names: ["Ops"] });
  await job.clock.advance(CYCLE / 2);
  const between = new Date(job.clock.now()).toISOString();
  job.user("Ada").surname = "Lovelace";
  await job.clock.advance(CYCLE);
  const names = async (filter: string) =>
    (await job.log(`?$filter=${filter}`)).map(({ sourceIdentity }) => sourceIdentity.displayName).toSorted();
  return { ...job, between, names };
}

describe("the provisioning log", () => {
  it("reports for each object who, what, from where, to where and why", async () => {
    const { log, application, path, user, scim } = await logged();
    const [entry] = await log("?$filter=provisioningAction eq 'update'");
    const [ada] = [...scim.users.values()].filter(({ displayName }) => displayName === "Ada");
    expect(entry).toMatchObject({
      activityDateTime: expect.stringMatching(/^2026-/),
      jobId: path.split("/").at(-1),
      durationInMilliseconds: 0,
      provisioningAction: "update",
      provisioningStatusInfo: { status: "success", errorInformation: null },
      provisioningSteps: [
        { name: "EntryImport", provisioningStepType: "import", status: "success" },
        { name: "EntrySynchronizationScoping", provisioningStepType: "scoping", status: "success" },
        { name: "EntryImport", provisioningStepType: "matching", status: "success" },
        { name: "EntryExportUpdate", provisioningStepType: "export", status: "success" },
      ],
      modifiedProperties: [{ displayName: "name.familyName", oldValue: "Example", newValue: "Lovelace" }],
      servicePrincipal: { id: application.servicePrincipalId, displayName: "AWS" },
      sourceSystem: { displayName: "Azure Active Directory" },
      targetSystem: { displayName: "AWS" },
      initiatedBy: { initiatorType: "system" },
      sourceIdentity: { id: user("Ada").id, displayName: "Ada", identityType: "User" },
      targetIdentity: { id: ada?.id, identityType: "User" },
    });
    for (const key of ["id", "tenantId", "cycleId", "changeId"]) {
      expect((entry as unknown as Record<string, unknown>)[key]).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("tells AWS's own reason of a failure", async () => {
    const { log } = await logged();
    const [entry] = await log("?$filter=provisioningStatusInfo/status eq 'failure'");
    expect(entry).toMatchObject({
      provisioningAction: "create",
      sourceIdentity: { displayName: "Cleo" },
      provisioningStatusInfo: {
        errorInformation: {
          errorCode: "SystemForCrossDomainIdentityManagementServiceIncompatible",
          reason: expect.stringContaining("BadRequest"),
          errorCategory: "nonServiceFailure",
        },
      },
    });
  });

  it("is filtered by equality, containment and time, with regard to case", async () => {
    const { names, between } = await logged();
    expect(await names("sourceIdentity/displayName eq 'Ada'")).toEqual(["Ada", "Ada"]);
    expect(await names("sourceIdentity/displayName eq 'ada'")).toEqual([]);
    expect(await names("contains(sourceIdentity/displayName, 'da b')")).toEqual(["ada b"]);
    expect(await names(`activityDateTime gt ${between} and provisioningAction eq 'update'`)).toEqual(["Ada"]);
    expect(await names(`activityDateTime lt ${between} and sourceIdentity/displayName eq 'Ada'`)).toEqual([
      "Ada",
    ]);
  });

  it("comes newest first, in the order asked for, and in pages", async () => {
    const { log, call, clock } = await logged();
    const times = async (options: string) =>
      (await log(options)).map(
        (entry) => (entry as unknown as { activityDateTime: string }).activityDateTime,
      );
    const newest = await times("");
    expect(newest).toEqual(newest.toSorted().toReversed());
    expect(await times("?$orderby=activityDateTime asc")).toEqual(newest.toReversed());
    await clock.advance(10_000);
    const page = await call("GET", "/auditLogs/provisioning?$top=2&$filter=provisioningAction eq 'create'");
    const next = new URL((page.body as { "@odata.nextLink": string })["@odata.nextLink"]);
    expect(next.searchParams.has("$skiptoken")).toBe(true);
    const rest = await call("GET", `/auditLogs/provisioning${next.search}`);
    expect((page.body as { value: [] }).value.length + (rest.body as { value: [] }).value.length).toBe(4);
  });

  it("goes back 30 days", async () => {
    const { log, clock, user } = await logged();
    const actions = async () =>
      (await log("?$filter=sourceIdentity/displayName eq 'Ada'")).map((one) => one.provisioningAction);
    expect(await actions()).toEqual(["update", "create"]);
    await clock.advance(29 * DAY);
    user("Ada").surname = "Byron";
    await clock.advance(DAY);
    expect(await actions()).toEqual(["update"]);
  });

  it.each(["$filter=durationInMilliseconds eq 'x'", "$orderby=targetSystem", "$expand=x"])(
    "refuses %s as not imitated",
    async (options) => {
      const { call } = await makeTestTenant({});
      expect((await call("GET", `/auditLogs/provisioning?${options}`)).status).toBe(501);
    },
  );

  it("takes five requests in ten seconds and says when the next may come", async () => {
    const { call, clock } = await makeTestTenant({});
    for (let count = 0; count < 5; count += 1) {
      expect((await call("GET", "/auditLogs/provisioning")).status).toBe(200);
    }
    const sixth = await call("GET", "/auditLogs/provisioning");
    expect(sixth.status).toBe(429);
    expect(sixth.headers.get("retry-after")).toBe("10");
    await clock.advance(10_000);
    expect((await call("GET", "/auditLogs/provisioning")).status).toBe(200);
  });

  it("needs a licence and both permissions", async () => {
    const free = await makeTestTenant({ tenant: { name: "Contoso", licence: "Free" } });
    expect((await free.call("GET", "/auditLogs/provisioning")).status).toBe(403);
    const tenant = await makeTestTenant({});
    for (const permissions of [["AuditLog.Read.All"], ["Directory.Read.All"]]) {
      tenant.entra.grant(permissions);
      await tenant.signIn();
      expect((await tenant.call("GET", "/auditLogs/provisioning")).status).toBe(403);
    }
    tenant.entra.grant(["AuditLog.Read.All", "Directory.Read.All"]);
    await tenant.signIn();
    expect((await tenant.call("GET", "/auditLogs/provisioning")).status).toBe(200);
  });
});

describe("operators of the log", () => {
  it("are not those of the directory", async () => {
    const { call } = await makeTestTenant({});
    for (const filter of ["displayName gt 'a'", "contains(displayName, 'a')"]) {
      expect((await call("GET", `/users?$filter=${filter}`)).status).toBe(501);
    }
  });
});
