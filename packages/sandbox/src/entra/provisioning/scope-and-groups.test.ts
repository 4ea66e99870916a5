import { describe, expect, it } from "vitest";
import {
  assign,
  makeApplication,
  makeJob,
  makeTestTenant,
  read,
  secretsOf,
} from "../../../test-support/test-tenant.ts";

const people = Array.from({ length: 250 }, (_, index) => ({
  userPrincipalName: `user${index}@contoso.com`,
  displayName: `User ${index}`,
  givenName: "User",
  surname: String(index),
}));
const everyone = people.map(({ userPrincipalName }) => userPrincipalName);
const CYCLE = 40 * 60_000;

async function startedJob(groups: Record<string, unknown>[], assigned: string[]) {
  const tenant = await makeTestTenant({ users: people, groups });
  const application = await makeApplication(tenant);
  for (const name of assigned) await assign(tenant, application, name);
  const path = await makeJob(tenant, application);
  await tenant.call("POST", `${path}/start`);
  return { ...tenant, application, path };
}

describe("a group of more than 100 members", () => {
  it("is filled and emptied in requests of at most 100 changes", async () => {
    const { clock, scim, entra } = await startedJob([{ name: "Big", users: everyone }], ["Big"]);
    await clock.advance(60_000);
    const [group] = scim.groups.values();
    expect(group?.members.size).toBe(250);
    expect(scim.requests.filter((request) => request === "PATCH /Groups/{id}")).toHaveLength(3);

    const [big] = entra.groups();
    for (const { id } of entra.users().slice(0, 150)) big?.userIds.delete(id);
    await clock.advance(CYCLE);
    expect(group?.members.size).toBe(100);
    expect(scim.requests.filter((request) => request === "PATCH /Groups/{id}")).toHaveLength(5);
  });
});

describe("two groups of one name", () => {
  it("do not share a group of AWS: the second fails by name", async () => {
    const twins = [
      { name: "Twins", id: "0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11", users: ["user1@contoso.com"] },
      { name: "Twins", id: "1f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11", users: ["user2@contoso.com"] },
    ];
    const tenant = await startedJob(twins, ["Twins"]);
    await tenant.clock.advance(10_000);
    await tenant.call(
      "POST",
      `/servicePrincipals/${tenant.application.servicePrincipalId}/appRoleAssignedTo`,
      {
        body: {
          principalId: twins[1]?.id,
          resourceId: tenant.application.servicePrincipalId,
          appRoleId: tenant.application.userRoleId,
        },
      },
    );
    await tenant.clock.advance(CYCLE);
    expect([...tenant.scim.groups.values()].map(({ members }) => members.size)).toEqual([1]);
    const log = await tenant.call("GET", "/auditLogs/provisioning?$top=1");
    expect(read(log, "value.0.sourceIdentity.id")).toBe(twins[1]?.id);
    expect(read(log, "value.0.provisioningStatusInfo.errorInformation.errorCode")).toBe(
      "DuplicateTargetEntries",
    );
  });
});

describe("the scope", () => {
  it("is the whole directory with SyncAll", async () => {
    const tenant = await startedJob([{ name: "Ops" }, { name: "Unassigned" }], ["Ops"]);
    const value = secretsOf(tenant.scim, tenant.scim.token).value.map((pair) =>
      pair.key === "SyncAll" ? { ...pair, value: "true" } : pair,
    );
    const path = `/servicePrincipals/${tenant.application.servicePrincipalId}/synchronization/secrets`;
    await tenant.call("PUT", path, { body: { value } });
    await tenant.clock.advance(60_000);
    expect(tenant.scim.users.size).toBe(250);
    expect(tenant.scim.groups.size).toBe(2);
  });
});
