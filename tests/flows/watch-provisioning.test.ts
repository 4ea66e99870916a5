import { DirectoryFile } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { putPolicy } from "../support/put-policy.ts";
import { asAdministrator } from "../support/as-administrator.ts";
import { smallDirectory, SMALL_POLICY } from "../support/small-company.ts";
import {
  aConnectedCompany,
  codes,
  findings,
  passDays,
  provisioningOf,
  report,
  watch,
} from "../support/watch-company.ts";

describe("provisioning", () => {
  it("a job in quarantine is critical: Entra's reason, and the day on which Entra disables it", async () => {
    const host = await aConnectedCompany();
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);
    await passDays(host, 2);

    const health = await watch(host);

    const [quarantine] = findings(health, "provisioning-job");
    expect(quarantine).toMatchObject({ code: "JobQuarantined", severity: "critical" });
    // The first cycle that fails is on the first day of the year 2026; 28 days later it is the 29th.
    expect(quarantine?.what).toContain("Entra disables it on 2026-01-29");
    expect(quarantine?.what).toContain("EncounteredQuarantineException");
    expect(quarantine?.what).toContain("SystemForCrossDomainIdentityManagementCredentialValidationFailure");
    expect(report(health, "provisioning-job")?.figures).toEqual({ jobQuarantined: 1 });
  });

  it("a job that Entra has given up is critical under a code of its own", async () => {
    const host = await aConnectedCompany();
    for (const { id } of host.sandbox.console.listTokens()) host.sandbox.console.deleteToken(id);
    await passDays(host, 30);

    expect(codes(await watch(host), "provisioning-job")).toEqual(["JobDisabled critical"]);
  });

  it("a paused job is a warning", async () => {
    const host = await aConnectedCompany();
    const { application, jobId } = await provisioningOf(host);
    const job = `/servicePrincipals/${application.servicePrincipalId}/synchronization/jobs/${jobId}`;
    await asAdministrator(host, "POST", `${job}/pause`);

    expect(codes(await watch(host), "provisioning-job")).toEqual(["JobPaused warning"]);
  });

  it("a user whom AWS refuses is named with the attribute at fault", async () => {
    const health = await watch(await aConnectedCompany());

    expect(findings(health, "provisioning-failures")).toEqual([
      expect.objectContaining({
        code: "ObjectsNotProvisioned",
        subjects: [
          {
            name: "robot@small.example",
            reason: "the user has no surname in Entra; AWS refuses users without them",
          },
        ],
      }),
    ]);
  });

  it("groups that Entra cannot sync are named: not security-enabled, nested only, not assigned", async () => {
    const host = await aConnectedCompany();
    const { application } = await provisioningOf(host);
    const groups = host.sandbox.entra.groups();
    const named = (name: string) => groups.find(({ displayName }) => displayName === name);
    const auditors = named("Auditors");
    if (auditors) auditors.securityEnabled = false;
    for (const { id, principalName } of await host.deps.applications.listAssignments(application)) {
      if (principalName !== "Interns") continue;
      const assigned = `/servicePrincipals/${application.servicePrincipalId}/appRoleAssignedTo/${id}`;
      expect((await asAdministrator(host, "DELETE", assigned)).status).toBe(204);
    }

    const found = findings(await watch(host), "provisioning-scope");

    expect(found.map(({ code, subjects }) => ({ code, subjects }))).toEqual([
      {
        code: "GroupsNotSecurityEnabled",
        subjects: [{ name: "group Auditors", reason: "not security-enabled" }],
      },
      {
        code: "GroupsNestedOnly",
        subjects: [{ name: "group Interns", reason: "nested in Engineers, which is assigned" }],
      },
    ]);
  });

  it("says who is not assigned, and whose nested groups get nothing", async () => {
    const { tenant, users, groups } = smallDirectory();
    const host = await aConnectedCompany({
      directory: DirectoryFile.parse({
        tenant,
        users,
        groups: [...groups, { name: "Everybody", users: ["ada@small.example"], groups: ["Auditors"] }],
      }),
    });
    const more = `  - name: everybody looks
    groups: [Everybody]
    permissionSets: [Look]
    targets: { ou: [Sandbox] }
`;
    await putPolicy(host, SMALL_POLICY + more);

    const found = findings(await watch(host), "provisioning-scope");

    expect(found.map(({ code, subjects }) => ({ code, subjects }))).toEqual([
      {
        code: "PrincipalsNotAssigned",
        subjects: [{ name: "group Everybody", reason: "not assigned to the enterprise application" }],
      },
      {
        code: "NestedMembersLeftOut",
        subjects: [{ name: "group Everybody", reason: "1 groups nested in it get nothing" }],
      },
    ]);
  });
});
