import { describe, expect, it } from "vitest";
import {
  assign,
  makeApplication,
  makeJob,
  makeTestTenant,
  read,
  secretsOf,
} from "../test-support/test-tenant.ts";

const people = Array.from({ length: 8 }, (_, index) => ({
  userPrincipalName: `user${index}@contoso.com`,
  displayName: `User ${index}`,
  givenName: "User",
  surname: String(index),
}));
const file = {
  users: people,
  groups: [
    { name: "Ops", users: people.slice(0, 7).map(({ userPrincipalName }) => userPrincipalName) },
    { name: "Others" },
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
  const provisionUser = (name: string) =>
    tenant.call("POST", `${path}/provisionOnDemand`, {
      body: { parameters: [{ ruleId, subjects: [{ objectId: idOf(name), objectTypeName: "User" }] }] },
    });
  return { ...tenant, application, path, provisionGroup, provisionUser };
}

describe("synchronization templates and jobs", () => {
  it("have one default template, from which a job is made; another id is not found", async () => {
    const tenant = await makeTestTenant(file);
    const { servicePrincipalId } = await makeApplication(tenant);
    const path = `/servicePrincipals/${servicePrincipalId}/synchronization`;
    const templates = await tenant.call("GET", `${path}/templates`);
    expect(templates.body).toMatchObject({ value: [{ default: true }] });
    const templateId = read(templates, "value.0.id");
    expect((await tenant.call("POST", `${path}/jobs`, { body: { templateId: "aws" } })).status).toBe(404);
    const job = await tenant.call("POST", `${path}/jobs`, { body: { templateId } });
    expect(job).toMatchObject({ status: 201, body: { templateId } });
    expect((await tenant.call("GET", `${path}/jobs`)).body).toMatchObject({
      value: [{ id: read(job, "id") }],
    });
  });
});

describe("validateCredentials", () => {
  it.each(["", "/{job}"])(
    "asks the endpoint for a user and accepts the right token (jobs%s)",
    async (which) => {
      const { call, scim, path } = await tenantWithJob();
      const target = which ? path : path.slice(0, path.lastIndexOf("/"));
      const good = await call("POST", `${target}/validateCredentials`, {
        body: { credentials: secretsOf(scim, scim.token).value.slice(0, 2) },
      });
      expect(good.status).toBe(204);
      expect(scim.requests).toEqual(["GET /Users"]);
    },
  );

  it("refuses a wrong token with the code of a failed test connection, without repeating the token", async () => {
    const { call, scim, path } = await tenantWithJob();
    const body = { credentials: secretsOf(scim, "canary-4711").value };
    const answer = await call("POST", `${path}/validateCredentials`, { body });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: "SystemForCrossDomainIdentityManagementCredentialValidationFailure" } },
    });
    expect(JSON.stringify(answer.body)).not.toContain("canary-4711");
  });

  it("tells an endpoint that cannot be reached apart from a wrong token", async () => {
    const { call, path } = await tenantWithJob();
    const credentials = [
      { key: "BaseAddress", value: "https://scim.example.com/scim/v2" },
      { key: "SecretToken", value: "t" },
    ];
    const answer = await call("POST", `${path}/validateCredentials`, { body: { credentials } });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: "CredentialValidationUnavailable" } },
    });
  });

  it("tests what is saved when asked to", async () => {
    const { call, scim, path } = await tenantWithJob();
    const body = { useSavedCredentials: true };
    expect((await call("POST", `${path}/validateCredentials`, { body })).status).toBe(204);
    scim.token = "another-token";
    expect((await call("POST", `${path}/validateCredentials`, { body })).status).toBe(400);
  });
});

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
});

describe("the provisioning log", () => {
  it("takes five requests in ten seconds", async () => {
    const { call } = await tenantWithJob();
    for (let count = 0; count < 5; count += 1)
      expect((await call("GET", "/auditLogs/provisioning")).status).toBe(200);
    expect((await call("GET", "/auditLogs/provisioning")).status).toBe(429);
  });
});
