import { type ProvisionReport, provisionNow } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { asAdministrator } from "../support/as-administrator.ts";
import { aFlowHost, type FlowHost } from "../support/flow-host.ts";
import { aConnectedCompany, passDays, provisioningOf } from "../support/watch-company.ts";

/** Until Entra's provisioning on demand knows the assignments that connect has just created. */
const TEN_MINUTES = 1 / 144;

const DEMANDS = "POST /servicePrincipals/{id}/synchronization/jobs/{jobId}/provisionOnDemand";

async function provision(host: FlowHost, name: string): Promise<ProvisionReport & { said: string[] }> {
  const said: string[] = [];
  const report = await provisionNow(name, { ...host.deps, onProgress: (text) => said.push(text) });
  return { ...report, said };
}

function join({ sandbox }: FlowHost, groupName: string, name: string, more: object = {}) {
  const user = sandbox.entra.directory.addUser({
    userPrincipalName: `${name}@small.example`,
    displayName: name,
    givenName: name,
    surname: "Example",
    ...more,
  });
  const group = sandbox.entra.groups().find(({ displayName }) => displayName === groupName);
  group?.userIds.add(user.id);
  return user;
}

async function unassign(host: FlowHost, name: string): Promise<void> {
  const { application } = await provisioningOf(host);
  for (const { id, principalName } of await host.deps.applications.listAssignments(application)) {
    const path = `/servicePrincipals/${application.servicePrincipalId}/appRoleAssignedTo/${id}`;
    if (principalName === name) await asAdministrator(host, "DELETE", path);
  }
}

function demands({ sandbox }: FlowHost, since = 0): number {
  return sandbox.calls.count(since)["graph"]?.[DEMANDS] ?? 0;
}

describe("provisioning on demand", () => {
  it("brings a new member of an assigned group at once, by user principal name or object id", async () => {
    const host = await aConnectedCompany();
    await passDays(host, TEN_MINUTES);
    const eve = join(host, "Engineers", "eve");
    const fay = join(host, "Auditors", "fay");
    const start = host.deps.clock.now();

    expect(await provision(host, "eve@small.example")).toMatchObject({ result: "arrived", type: "USER" });
    expect(await provision(host, fay.id)).toMatchObject({ result: "arrived", name: "fay@small.example" });

    expect(host.sandbox.users().map(({ attributes }) => attributes.externalId)).toEqual(
      expect.arrayContaining([eve.id, fay.id]),
    );
    // Long before the next cycle.
    expect(host.deps.clock.now() - start).toBeLessThan(60_000);
  });

  it("brings a group with all its members, five at a time, and says who was left behind and why", async () => {
    const host = await aConnectedCompany();
    await passDays(host, TEN_MINUTES);
    for (let n = 1; n <= 11; n += 1) join(host, "Engineers", `new${n}`);
    join(host, "Engineers", "off", { enabled: false });
    const before = host.sandbox.calls.calls.length;

    const report = await provision(host, "Engineers");

    expect(report).toMatchObject({
      result: "arrived",
      type: "GROUP",
      members: {
        total: 14,
        arrived: 12,
        leftBehind: [
          { name: "robot@small.example", reason: expect.stringContaining("no surname") as string },
          { name: "off@small.example", reason: expect.stringContaining("disabled in Entra") as string },
        ],
      },
      notes: ["Members of Interns, which is nested in it, are not provisioned with it."],
    });
    // 13 who are enabled.
    expect(demands(host, before)).toBe(3);
    expect(report.said).toContain("asked for 10 of 13 members");
  });

  it("asks nothing of Entra for a group that is not assigned, and says what it is nested in", async () => {
    const host = await aConnectedCompany();
    await unassign(host, "Interns");
    const before = host.sandbox.calls.calls.length;

    const nested = await provision(host, "Interns");
    host.sandbox.entra.directory.addGroup({ name: "Strangers", users: ["bo@small.example"] });
    const stranger = await provision(host, "Strangers");

    expect(nested).toMatchObject({
      result: "out-of-scope",
      reason: expect.stringContaining("only in the group Engineers, which is assigned") as string,
      remedy: expect.stringContaining("sync-access") as string,
    });
    expect(stranger).toMatchObject({
      result: "out-of-scope",
      reason: expect.stringContaining("not assigned to the enterprise application") as string,
    });
    expect(demands(host, before)).toBe(0);
  });

  it("says of a user that only nesting would bring them, that they are disabled, or that nothing does", async () => {
    const host = await aConnectedCompany();
    await unassign(host, "Interns");
    join(host, "Interns", "gil");
    join(host, "Engineers", "off", { enabled: false });
    host.sandbox.entra.directory.addUser({ userPrincipalName: "far@small.example", displayName: "far" });

    expect((await provision(host, "gil@small.example")).reason).toContain(
      "only in the group Interns, which is nested in Engineers",
    );
    expect((await provision(host, "off@small.example")).reason).toContain("disabled in Entra");
    expect((await provision(host, "far@small.example")).reason).toContain("in no group that is");
  });

  it("names the attribute at fault of a user whom AWS refuses", async () => {
    const host = await aConnectedCompany();

    expect(await provision(host, "robot@small.example")).toMatchObject({
      result: "refused",
      reason: "the user has no surname in Entra; AWS refuses users without them",
    });
  });

  it("repeats Entra's own reason when nothing can be provisioned at all", async () => {
    const host = await aConnectedCompany();
    join(host, "Engineers", "eve");
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);

    expect(await provision(host, "eve@small.example")).toMatchObject({
      result: "refused",
      reason: expect.stringContaining(
        "SystemForCrossDomainIdentityManagementCredentialValidationFailure",
      ) as string,
    });
  });

  it("asks again while an assignment has not got about", async () => {
    const host = await aConnectedCompany();
    const { application } = await provisioningOf(host);
    const { id } = host.sandbox.entra.directory.addGroup({ name: "Newcomers", users: ["bo@small.example"] });
    const { userRoleId } = await host.deps.applications.read(application);
    await host.deps.applications.assign(application, id, userRoleId);

    const report = await provision(host, "Newcomers");

    expect(report).toMatchObject({ result: "arrived", members: { total: 1, arrived: 1 } });
    expect(report.said[0]).toContain("retrying");
  });

  it("refuses a name that means nobody or several groups, and an unconnected company, by name", async () => {
    const host = await aConnectedCompany();
    host.sandbox.entra.directory.addGroup({ name: "Auditors" });

    for (const name of ["engineers", "eva@small.example", "5b6c1f70-2b3e-4c58-9d30-0a4e8b1c7d11", "Auditors"])
      await expect(provision(host, name)).rejects.toMatchObject({ name: "PrincipalNotFound" });
    await expect(provision(host, "Auditors")).rejects.toThrow(/2 groups are named "Auditors"/);
    await expect(provision(await aFlowHost(), "Engineers")).rejects.toMatchObject({ name: "NotConnected" });
  });
});
