import { describe, expect, it } from "vitest";
import { type TestTenant, makeTestTenant } from "../../../../test-support/test-tenant.ts";
import { costOf } from "./resource-units.ts";

const OPS = "0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11";

function people(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    userPrincipalName: `user${index}@contoso.com`,
    displayName: `User ${index}`,
  }));
}

/** Requests of five units each, until one is refused. @returns the units that passed, and the refusal */
async function exhaust(tenant: TestTenant) {
  for (let units = 0; ; units += 5) {
    const answer = await tenant.call("GET", `/groups/${OPS}/transitiveMembers`);
    if (answer.status !== 200) return { units, answer };
  }
}

describe("resource units", () => {
  it.each([
    ["GET", "/applications", "", 2],
    ["GET", "/users", "", 2],
    ["GET", "/users", "$select=id", 1],
    ["GET", "/groups/{id}/members", "", 3],
    ["GET", "/groups/{id}/members", "$select=id&$top=5", 1],
    ["GET", "/groups/{id}/members", "$top=20", 3],
    ["GET", "/groups/{id}/transitiveMembers", "$expand=x", 6],
    ["GET", "/organization", "$select=id&$top=1", 1],
    ["POST", "/subscriptions", "", 1],
  ])("%s %s?%s costs %i", (method, path, query, units) => {
    expect(costOf(method, path, new URLSearchParams(query)).units).toBe(units);
  });

  it("are told with every answer, also a refusal", async () => {
    const tenant = await makeTestTenant({});
    const found = await tenant.call("GET", "/users");
    const missing = await tenant.call("GET", "/users/nobody");
    expect(found.headers.get("x-ms-resource-unit")).toBe("2");
    expect(missing.headers.get("x-ms-resource-unit")).toBe("1");
    expect(found.headers.get("x-ms-throttle-limit-percentage")).toBeNull();
  });
});

describe("the quota of an application in a tenant", () => {
  it.each([
    [49, 3500],
    [50, 5000],
    [500, 5000],
    [501, 8000],
  ])("of %i users is %i units in ten seconds", async (users, units) => {
    const tenant = await makeTestTenant({ users: people(users), groups: [{ name: "Ops", id: OPS }] });
    expect((await exhaust(tenant)).units).toBe(units);
  });

  it("says what ran out and how long to wait, and lets in who waits that long", async () => {
    const tenant = await makeTestTenant({ groups: [{ name: "Ops", id: OPS }] });
    const { answer } = await exhaust(tenant);
    expect(answer).toMatchObject({ status: 429, body: { error: { code: "TooManyRequests" } } });
    expect(answer.headers.get("x-ms-throttle-information")).toBe("ResourceUnitLimitExceeded");
    const { clientId, tenantId } = tenant.entra.credentials;
    expect(answer.headers.get("x-ms-throttle-scope")).toBe(
      `Tenant_Application/ReadWrite/${clientId}/${tenantId}`,
    );
    expect(Number(answer.headers.get("x-ms-throttle-limit-percentage"))).toBeGreaterThanOrEqual(1);

    await tenant.clock.advance(Number(answer.headers.get("retry-after")) * 1000);
    const later = await tenant.call("GET", `/groups/${OPS}/transitiveMembers`);
    expect(later.status).toBe(200);
    expect(Number(later.headers.get("x-ms-throttle-limit-percentage"))).toBeGreaterThan(0.8);
  });

  it("lets 3,000 writes pass in two and a half minutes, and reads beyond them", async () => {
    const tenant = await makeTestTenant({});
    const write = () => tenant.call("DELETE", "/applications/11111111-2222-4333-8444-555555555555");
    for (let count = 0; count < 3000; count += 1) expect((await write()).status).toBe(404);
    const refused = await write();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("x-ms-throttle-information")).toBe("WriteLimitExceeded");
    expect((await tenant.call("GET", "/users")).status).toBe(200);
  });
});
