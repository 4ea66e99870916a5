import { describe, expect, it } from "vitest";
import { assign, makeApplication, makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const file = {
  users: [{ userPrincipalName: "ada@contoso.com", displayName: "Ada" }],
  groups: [{ name: "Ops", users: ["ada@contoso.com"] }],
};

describe("assigning to an application", () => {
  it("gives a group the role, once", async () => {
    const tenant = await makeTestTenant(file);
    const application = await makeApplication(tenant);
    const made = await assign(tenant, application, "Ops");
    expect(made).toMatchObject({
      status: 201,
      body: { principalDisplayName: "Ops", principalType: "Group", resourceDisplayName: "AWS" },
    });
    const again = await assign(tenant, application, "Ops");
    expect(again.status).toBe(400);
    expect(read(again, "error.message")).toMatch(/already exists on the object/);
    const path = `/servicePrincipals/${application.servicePrincipalId}/appRoleAssignedTo`;
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [{ id: read(made, "id") }] });
    expect((await tenant.call("DELETE", `${path}/${read(made, "id")}`)).status).toBe(204);
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [] });
  });

  it("refuses a role that the application does not declare, and an unknown principal", async () => {
    const tenant = await makeTestTenant(file);
    const application = await makeApplication(tenant);
    const zero = { ...application, userRoleId: "00000000-0000-0000-0000-000000000000" };
    expect(await assign(tenant, zero, "Ops")).toMatchObject({ status: 400, body: { error: {} } });
    const { servicePrincipalId, userRoleId } = application;
    const body = {
      principalId: "11111111-2222-4333-8444-555555555555",
      resourceId: servicePrincipalId,
      appRoleId: userRoleId,
    };
    const path = `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`;
    expect((await tenant.call("POST", path, { body })).status).toBe(404);
  });

  it("takes users but no groups without a P1 or P2 licence", async () => {
    const tenant = await makeTestTenant({ ...file, tenant: { name: "Contoso", licence: "Free" } });
    const application = await makeApplication(tenant);
    const group = await assign(tenant, application, "Ops");
    expect(group.status).toBe(400);
    expect(read(group, "error.message")).toMatch(/P1 or P2 license/);
    expect((await assign(tenant, application, "Ada")).status).toBe(201);
  });

  it("needs AppRoleAssignment.ReadWrite.All in addition to reading applications", async () => {
    const tenant = await makeTestTenant(file);
    const application = await makeApplication(tenant);
    tenant.entra.grant(["Application.ReadWrite.All", "Directory.ReadWrite.All"]);
    await tenant.signIn();
    expect((await assign(tenant, application, "Ops")).status).toBe(403);
  });
});
