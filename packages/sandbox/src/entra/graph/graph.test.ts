import { describe, expect, it } from "vitest";
import { DEFAULT_PERMISSIONS } from "./permissions.ts";
import { answerOf, makeTestTenant } from "../../../test-support/test-tenant.ts";

const refusal = (code: string) => ({ error: { code, innerError: { date: expect.any(String) } } });

describe("access to Graph", () => {
  it("needs a token that the tenant issued", async () => {
    const { entra } = await makeTestTenant({});
    const forged = "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJEaXJlY3RvcnkuUmVhZC5BbGwiXX0.AAAA";
    for (const headers of [{}, { Authorization: `Bearer ${forged}` }]) {
      const request = new Request("http://127.0.0.1/v1.0/users", { headers });
      const answer = await answerOf(await entra.graph.fetch(request));
      expect(answer).toMatchObject({ status: 401, body: refusal("InvalidAuthenticationToken") });
    }
  });

  it.each([
    ["GET", "/organization", "Organization.Read.All"],
    ["GET", "/groups", "GroupMember.Read.All"],
    ["GET", "/users", "User.Read.All"],
    ["GET", "/applications", "Application.ReadWrite.OwnedBy"],
    [
      "POST",
      "/applicationTemplates/21ed01d2-ec13-4e9e-86c1-cd546719ebc4/instantiate",
      "Application.ReadWrite.OwnedBy",
    ],
    ["GET", "/auditLogs/provisioning", "AuditLog.Read.All"],
  ])("%s %s is refused without %s", async (method, path, permission) => {
    const tenant = await makeTestTenant({});
    const body = method === "GET" ? undefined : { displayName: "AWS" };
    const wider = ["Directory.Read.All", "Application.Read.All"];
    tenant.entra.grant(
      DEFAULT_PERMISSIONS.filter(
        (one) => one !== permission && (permission === "AuditLog.Read.All" || !wider.includes(one)),
      ),
    );
    await tenant.signIn();
    const answer = await tenant.call(method, path, { body });
    expect(answer).toMatchObject({ status: 403, body: refusal("Authorization_RequestDenied") });

    tenant.entra.grant(DEFAULT_PERMISSIONS);
    expect((await tenant.call(method, path, { body })).status).toBe(403);
    await tenant.signIn();
    expect((await tenant.call(method, path, { body })).status).toBeLessThan(300);
  });

  it("refuses what it does not imitate, and records every request", async () => {
    const tenant = await makeTestTenant({});
    const answer = await tenant.call("GET", "/me/messages");
    expect(answer).toMatchObject({ status: 501, body: refusal("NotImplemented") });
    expect(tenant.kernel.calls.calls.at(-1)).toEqual({
      service: "graph",
      operation: "GET (unknown)",
      status: 501,
    });
    await tenant.call("GET", "/groups/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/members");
    const operation = "GET /groups/{id}/members";
    expect(tenant.kernel.calls.calls.at(-1)).toEqual({ service: "graph", operation, status: 404 });
  });

  it("answers a request's client-request-id in headers and errors", async () => {
    const tenant = await makeTestTenant({});
    const headers = { "client-request-id": "c-1" };
    const answer = await tenant.call("GET", "/users/nobody@contoso.com", { headers });
    expect(answer).toMatchObject({
      status: 404,
      body: { error: { innerError: { "client-request-id": "c-1" } } },
    });
    expect(answer.headers.get("client-request-id")).toBe("c-1");
    expect(answer.headers.get("request-id")).toBeTruthy();
  });
});

describe("the tenant's licence", () => {
  it.each([
    ["Free", 0],
    ["P1", 1],
    ["P2", 2],
  ])("%s shows in the assigned plans", async (licence, plans) => {
    const tenant = await makeTestTenant({ tenant: { name: "Contoso", licence } });
    const { body } = await tenant.call("GET", "/organization?$select=id,displayName,assignedPlans");
    const assignedPlans = Array.from({ length: plans }, () =>
      expect.objectContaining({ capabilityStatus: "Enabled" }),
    );
    expect(body).toMatchObject({ value: [{ displayName: "Contoso", assignedPlans }] });
  });

  it("Free has no provisioning log", async () => {
    const tenant = await makeTestTenant({ tenant: { name: "Contoso", licence: "Free" } });
    expect(await tenant.call("GET", "/auditLogs/provisioning")).toMatchObject({ status: 403 });
  });
});
