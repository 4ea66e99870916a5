import { describe, expect, it } from "vitest";
import { assign, makeApplication, makeTestTenant, read } from "../../test-support/test-tenant.ts";

const DAY = 86_400_000;
const file = {
  users: [{ userPrincipalName: "ada@contoso.com", displayName: "Ada" }],
  groups: [
    { name: "Ops", users: ["ada@contoso.com"] },
    { name: "All", groups: ["Ops"] },
  ],
};

async function makeTenant() {
  const tenant = await makeTestTenant(file);
  const [ada] = tenant.entra.users();
  const [ops, all] = tenant.entra.groups();
  if (!ada || !ops || !all) throw new Error("The file has a user and two groups.");
  return { tenant, ada, ops, all, directory: tenant.entra.directory };
}

describe("an administrator of the directory", () => {
  it("adds users, and groups with members", async () => {
    const { tenant, directory } = await makeTenant();
    const bo = directory.addUser({ userPrincipalName: "bo@contoso.com", displayName: "Bo" });
    const dev = directory.addGroup({ name: "Dev", users: ["bo@contoso.com"], groups: ["Ops"] });
    const members = await tenant.call("GET", `/groups/${dev.id}/members`);
    expect(members.body).toMatchObject({ value: [{ id: bo.id }, { displayName: "Ops" }] });
    expect(() => directory.addGroup({ name: "Bad", users: ["nobody@contoso.com"] })).toThrow(/nobody/);
    expect(tenant.entra.groups()).toHaveLength(3);
  });

  it("deletes softly: out of sight and out of its groups until it is restored", async () => {
    const { tenant, ada, ops, directory } = await makeTenant();
    directory.remove(ada.id);
    expect((await tenant.call("GET", `/users/${ada.id}`)).status).toBe(404);
    expect((await tenant.call("GET", `/groups/${ops.id}/members`)).body).toMatchObject({ value: [] });
    directory.restore(ada.id);
    expect((await tenant.call("GET", `/groups/${ops.id}/members`)).body).toMatchObject({
      value: [{ id: ada.id }],
    });
  });

  it("restores a group into the group that it was nested in", async () => {
    const { tenant, ops, all, directory } = await makeTenant();
    directory.remove(ops.id);
    directory.restore(ops.id);
    expect((await tenant.call("GET", `/groups/${all.id}/members`)).body).toMatchObject({
      value: [{ displayName: "Ops" }],
    });
  });

  it("cannot restore after thirty days, or after purging", async () => {
    const { tenant, ada, ops, directory } = await makeTenant();
    directory.remove(ada.id);
    directory.remove(ops.id);
    directory.purge(ops.id);
    expect(() => directory.restore(ops.id)).toThrow(/no deleted user or group/);
    await tenant.clock.advance(29 * DAY);
    directory.restore(ada.id);
    directory.remove(ada.id);
    await tenant.clock.advance(30 * DAY);
    expect(() => directory.restore(ada.id)).toThrow(/no deleted user or group/);
  });

  it("takes the assignments of what is purged", async () => {
    const { tenant, ops, directory } = await makeTenant();
    const application = await makeApplication(tenant);
    await assign(tenant, application, "Ops");
    const path = `/servicePrincipals/${application.servicePrincipalId}/appRoleAssignedTo`;
    directory.remove(ops.id);
    expect(read(await tenant.call("GET", path), "value.0.principalId")).toBe(ops.id);
    directory.purge(ops.id);
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [] });
  });
});
