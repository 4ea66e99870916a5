import { describe, expect, it } from "vitest";
import { CYCLE } from "../../../test-support/started-job.ts";
import { assign, makeApplication, makeJob, makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const people = Array.from({ length: 8 }, (_, index) => ({
  userPrincipalName: `user${index}@contoso.com`,
  displayName: `User ${index}`,
  givenName: "User",
  surname: String(index),
}));
const file = {
  users: people,
  groups: [
    {
      name: "Ops",
      users: people.slice(0, 7).map(({ userPrincipalName }) => userPrincipalName),
      groups: ["Nested"],
    },
    { name: "Others" },
    { name: "Nested" },
  ],
};

async function tenantWithJob() {
  const tenant = await makeTestTenant(file);
  const application = await makeApplication(tenant);
  await assign(tenant, application, "Ops");
  const path = await makeJob(tenant, application);
  // On demand, a new assignment counts only after some minutes.
  await tenant.clock.advance(180_000);
  const ruleId = read(await tenant.call("GET", `${path}/schema`), "synchronizationRules.0.id");
  const idOf = (name: string) =>
    [...tenant.entra.users(), ...tenant.entra.groups()].find(({ displayName }) => displayName === name)?.id;
  const provisionGroup = (name: string, members: string[], rule = ruleId) => {
    const links = { members: members.map((one) => ({ objectId: idOf(one), objectTypeName: "User" })) };
    const subject = { objectId: idOf(name), objectTypeName: "Group", links };
    return tenant.call("POST", `${path}/provisionOnDemand`, {
      body: { parameters: [{ ruleId: rule, subjects: [subject] }] },
    });
  };
  const provisionUser = (name: string, id = idOf(name)) =>
    tenant.call("POST", `${path}/provisionOnDemand`, {
      body: { parameters: [{ ruleId, subjects: [{ objectId: id, objectTypeName: "User" }] }] },
    });
  return { ...tenant, tenant, application, path, provisionGroup, provisionUser };
}

describe("provisionOnDemand", () => {
  it("brings the group and the named members, and no others", async () => {
    const { provisionGroup, scim } = await tenantWithJob();
    const first = await provisionGroup("Ops", ["User 0", "User 1"]);
    expect(first.status).toBe(200);
    expect(JSON.parse(read(first, "key"))).toEqual({ result: "Success", details: {} });
    await provisionGroup("Ops", ["User 2"]);
    expect([...scim.users.values()].map(({ displayName }) => displayName)).toEqual([
      "User 0",
      "User 1",
      "User 2",
    ]);
    expect([...scim.groups.values()]).toMatchObject([{ displayName: "Ops" }]);
    expect([...scim.groups.values()][0]?.members.size).toBe(3);
  });

  it("skips what is there already, and what is not in the scope", async () => {
    const { provisionUser } = await tenantWithJob();
    await provisionUser("User 0");
    const again = JSON.parse(read(await provisionUser("User 0"), "key")) as unknown;
    expect(again).toMatchObject({ result: "Skipped", details: { errorCode: "RedundantExport" } });
    const foreign = JSON.parse(read(await provisionUser("User 7"), "key")) as unknown;
    expect(foreign).toMatchObject({ result: "Skipped", details: { errorCode: "NotEffectivelyEntitled" } });
  });

  it("reports a refused token as a failure", async () => {
    const { provisionUser, scim } = await tenantWithJob();
    scim.token = "another-token";
    expect(JSON.parse(read(await provisionUser("User 0"), "key"))).toMatchObject({ result: "Failure" });
  });

  it("reports a lost connection as a failure at once: somebody waits", async () => {
    const { provisionUser, scim } = await tenantWithJob();
    scim.weather = () => "no-answer";
    expect(JSON.parse(read(await provisionUser("User 0"), "key"))).toMatchObject({
      result: "Failure",
      details: { errorCode: "WebExceptionProtocolError" },
    });
  });

  it("leaves nothing to retry of an object that the cycles could not bring", async () => {
    const { provisionUser, scim, call, path, clock } = await tenantWithJob();
    scim.weather = ({ url }) => (url.includes("user0") ? "no-answer" : "fair");
    await call("POST", `${path}/start`);
    await clock.advance(4 * CYCLE);
    const execution = async () => (await call("GET", path)).body as { status: { lastExecution: object } };
    expect((await execution()).status.lastExecution).toMatchObject({ countEscrowed: 1 });
    scim.weather = () => "fair";
    await provisionUser("User 0");
    await clock.advance(CYCLE);
    expect((await execution()).status.lastExecution).toMatchObject({ countEscrowed: 0 });
  });

  it("refuses six members, members of other groups and a rule that the job does not have", async () => {
    const { provisionGroup } = await tenantWithJob();
    const six = people.slice(0, 6).map(({ displayName }) => displayName);
    expect((await provisionGroup("Ops", six)).status).toBe(400);
    expect((await provisionGroup("Ops", ["User 7"])).status).toBe(400);
    expect((await provisionGroup("Ops", ["User 0"], "other-rule")).status).toBe(400);
  });

  it("takes five requests in ten seconds and says when the next may come", async () => {
    const { provisionUser, clock } = await tenantWithJob();
    for (let count = 0; count < 5; count += 1)
      expect((await provisionUser(`User ${count}`)).status).toBe(200);
    const sixth = await provisionUser("User 5");
    expect(sixth.status).toBe(429);
    expect(sixth.headers.get("retry-after")).toBe("10");
    await clock.advance(10_000);
    expect((await provisionUser("User 5")).status).toBe(200);
  });

  it("does not know an assignment of this moment, but soon", async () => {
    const { provisionUser, clock, scim, tenant, application } = await tenantWithJob();
    await assign(tenant, application, "User 7");
    const early = JSON.parse(read(await provisionUser("User 7"), "key")) as unknown;
    expect(early).toMatchObject({ result: "Skipped", details: { errorCode: "NotEffectivelyEntitled" } });
    expect(scim.users.size).toBe(0);
    await clock.advance(180_000);
    expect(JSON.parse(read(await provisionUser("User 7"), "key"))).toEqual({
      result: "Success",
      details: {},
    });
  });

  it("does not bring who is disabled or deleted, nor a group that is nested in an assigned one", async () => {
    const { provisionUser, provisionGroup, entra, scim } = await tenantWithJob();
    const [first, second] = entra.users();
    if (first && second) {
      first.accountEnabled = false;
      entra.directory.remove(second.id);
    }
    expect(JSON.parse(read(await provisionUser("User 0"), "key"))).toMatchObject({ result: "Skipped" });
    expect((await provisionUser("User 1", second?.id)).status).toBe(404);
    expect(JSON.parse(read(await provisionGroup("Nested", []), "key"))).toMatchObject({
      result: "Skipped",
      details: { errorCode: "NotEffectivelyEntitled" },
    });
    expect(scim.users.size + scim.groups.size).toBe(0);
  });

  it("disables who is not assigned any more", async () => {
    const { provisionUser, entra, scim } = await tenantWithJob();
    await provisionUser("User 0");
    const [user] = entra.users();
    for (const group of entra.groups()) group.userIds.delete(user?.id ?? "");
    const answer = await provisionUser("User 0");
    expect(JSON.parse(read(answer, "value"))).toMatchObject({ action: "Disable" });
    expect([...scim.users.values()]).toMatchObject([{ displayName: "User 0", active: false }]);
  });

  it("tells the steps and what was changed, as a text in a text, and logs it", async () => {
    const { provisionUser, call, entra } = await tenantWithJob();
    const [user] = entra.users();
    const answer = await provisionUser("User 0");
    const value = JSON.parse(read(answer, "value")) as Record<string, unknown>;
    expect(value).toMatchObject({
      action: "Create",
      reportableIdentifier: "User 0",
      statusInfo: { status: "Success", errorCode: null },
      sourceIdentity: { id: user?.id, type: "User" },
      provisioningSteps: [
        { name: "EntryImport", type: "Import", status: "Success" },
        { name: "EntrySynchronizationScoping", type: "Scoping", status: "Success" },
        { name: "EntryExportAdd", type: "Export", status: "Success" },
      ],
    });
    expect(value["modifiedProperties"]).toContainEqual({
      displayName: "userName",
      oldValue: null,
      newValue: user?.userPrincipalName,
    });
    const log = await call(
      "GET",
      `/auditLogs/provisioning?$filter=changeId eq '${String(value["changeId"])}'`,
    );
    expect(log.body).toMatchObject({ value: [{ provisioningAction: "create" }] });
  });

  it("leaves the other members of a group to the next cycle", async () => {
    const { provisionGroup, call, path, clock, scim } = await tenantWithJob();
    await call("POST", `${path}/start`);
    await clock.advance(10_000);
    const [group] = scim.groups.values();
    expect(group?.members.size).toBe(7);
    expect(JSON.parse(read(await provisionGroup("Ops", ["User 0"]), "key"))).toMatchObject({
      result: "Skipped",
    });
    expect(group?.members.size).toBe(7);
  });
});
