import { describe, expect, it } from "vitest";
import { makeApplication, makeJob, makeTestTenant, secretsOf } from "../../../test-support/test-tenant.ts";

async function tenantWithJob() {
  const tenant = await makeTestTenant({});
  const application = await makeApplication(tenant);
  const path = await makeJob(tenant, application);
  return { ...tenant, application, path, synchronization: path.slice(0, path.indexOf("/jobs")) };
}

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

  it("tests a template's connection before a job exists, and knows no other template", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId } = await makeApplication(tenant);
    const path = `/servicePrincipals/${servicePrincipalId}/synchronization/jobs/validateCredentials`;
    const credentials = secretsOf(tenant.scim, tenant.scim.token).value.slice(0, 2);
    const body = { templateId: "awsidentitycenter", credentials };
    expect((await tenant.call("POST", path, { body })).status).toBe(204);
    const other = await tenant.call("POST", path, { body: { ...body, templateId: "aws" } });
    expect(other.status).toBe(404);
  });

  it("needs an address and a token, and saves neither", async () => {
    const { call, scim, path } = await tenantWithJob();
    const [address] = secretsOf(scim, scim.token).value;
    const half = await call("POST", `${path}/validateCredentials`, { body: { credentials: [address] } });
    expect(half.status).toBe(400);
    const wrong = { credentials: secretsOf(scim, "wrong").value };
    await call("POST", `${path}/validateCredentials`, { body: wrong });
    const saved = await call("POST", `${path}/validateCredentials`, { body: { useSavedCredentials: true } });
    expect(saved.status).toBe(204);
  });
});

describe("the synchronization secrets", () => {
  it("cannot be read: v1.0 documents no way, and a token never comes back", async () => {
    const { call, synchronization } = await tenantWithJob();
    const read = await call("GET", `${synchronization}/secrets`);
    expect(read).toMatchObject({ status: 501, body: { error: { code: "NotImplemented" } } });
  });

  it("replace all that were saved before", async () => {
    const { call, scim, path, synchronization } = await tenantWithJob();
    const value = secretsOf(scim, scim.token).value.slice(0, 1);
    expect((await call("PUT", `${synchronization}/secrets`, { body: { value } })).status).toBe(204);
    const saved = await call("POST", `${path}/validateCredentials`, { body: { useSavedCredentials: true } });
    expect(saved.status).toBe(400);
  });

  it.each([
    ["a key of another connector", { key: "ClientSecret", value: "canary-4711" }, 501],
    ["a key that is none", { key: "canary", value: "canary-4711" }, 501],
    [
      "notification settings that are no JSON",
      { key: "SyncNotificationSettings", value: "canary-4711" },
      400,
    ],
    [
      "a threshold that is no number",
      { key: "SyncNotificationSettings", value: '{"DeleteThresholdValue":"canary-4711"}' },
      400,
    ],
  ])("are refused with %s, without repeating the value", async (_, pair, status) => {
    const { call, synchronization } = await tenantWithJob();
    const answer = await call("PUT", `${synchronization}/secrets`, { body: { value: [pair] } });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain("canary-4711");
  });
});
