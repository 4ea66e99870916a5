import { describe, expect, it } from "vitest";
import { AWS_TEMPLATE, makeApplication, makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const SAML = {
  identifierUris: ["https://eu-central-1.signin.aws.amazon.com/platform/saml/d-1"],
  web: { redirectUris: ["https://eu-central-1.signin.aws.amazon.com/platform/saml/acs/1"] },
};

function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `a${index}@contoso.com`);
}

describe("a new application", () => {
  it("is hidden from reads and lists for some seconds, then shows with its service principal", async () => {
    const tenant = await makeTestTenant({});
    const body = { displayName: "AWS" };
    const made = await tenant.call("POST", `/applicationTemplates/${AWS_TEMPLATE}/instantiate`, { body });
    expect(made).toMatchObject({
      status: 201,
      body: { servicePrincipal: { appRoleAssignmentRequired: true, preferredSingleSignOnMode: null } },
    });
    const paths = [
      `/applications/${read(made, "application.id")}`,
      `/servicePrincipals/${read(made, "servicePrincipal.id")}`,
    ];
    for (const path of paths) {
      const answer = await tenant.call("GET", path);
      expect(answer).toMatchObject({ status: 404, body: { error: { code: "Request_ResourceNotFound" } } });
    }
    const list = "/applications?$filter=displayName eq 'AWS'";
    expect((await tenant.call("GET", list)).body).toMatchObject({ value: [] });

    await tenant.clock.advance(15_000);
    for (const path of paths) expect((await tenant.call("GET", path)).status).toBe(200);
    expect((await tenant.call("GET", list)).body).toMatchObject({
      value: [{ applicationTemplateId: AWS_TEMPLATE }],
    });
    const byAppId = `/servicePrincipals?$filter=appId eq '${read(made, "application.appId")}'`;
    expect((await tenant.call("GET", byAppId)).body).toMatchObject({ value: [{ displayName: "AWS" }] });
  });

  it("is gone with its service principal once it is deleted; the service principal alone cannot be", async () => {
    const tenant = await makeTestTenant({});
    const { applicationId, servicePrincipalId } = await makeApplication(tenant);
    const alone = await tenant.call("DELETE", `/servicePrincipals/${servicePrincipalId}`);
    expect(alone).toMatchObject({ status: 400, body: { error: { code: "DeletingSamlSpNotAllowed" } } });
    expect((await tenant.call("DELETE", `/applications/${applicationId}`)).status).toBe(204);
    expect((await tenant.call("GET", `/servicePrincipals/${servicePrincipalId}`)).status).toBe(404);
  });
});

describe("SAML settings", () => {
  it("take an identifier of AWS only after the mode is SAML", async () => {
    const tenant = await makeTestTenant({
      users: [{ userPrincipalName: "a@contoso.com", displayName: "A" }],
    });
    const { applicationId, servicePrincipalId } = await makeApplication(tenant);
    const application = `/applications/${applicationId}`;
    const early = await tenant.call("PATCH", application, { body: SAML });
    expect(early).toMatchObject({ status: 400, body: { error: { code: "HostNameNotOnVerifiedDomain" } } });
    expect((await tenant.call("GET", application)).body).toMatchObject({ identifierUris: [] });
    const own = { identifierUris: ["https://aws.contoso.com/saml"] };
    expect((await tenant.call("PATCH", application, { body: own })).status).toBe(204);

    const mode = { preferredSingleSignOnMode: "saml" };
    await tenant.call("PATCH", `/servicePrincipals/${servicePrincipalId}`, { body: mode });
    await tenant.clock.advance(4000);
    expect((await tenant.call("PATCH", application, { body: SAML })).status).toBe(204);
    expect((await tenant.call("GET", application)).body).toMatchObject(SAML);
  });

  it("refuse unknown modes, more than five addresses and unknown properties", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId } = await makeApplication(tenant);
    const patch = async (body: unknown) =>
      (await tenant.call("PATCH", `/servicePrincipals/${servicePrincipalId}`, { body })).status;
    expect(await patch({ preferredSingleSignOnMode: "SAML" })).toBe(400);
    expect(await patch({ notificationEmailAddresses: addresses(6) })).toBe(400);
    expect(await patch({ appId: "x" })).toBe(400);
    expect(await patch({ notificationEmailAddresses: addresses(5) })).toBe(204);
  });
});

describe("SAML mode", () => {
  it("may take some seconds to reach the application, during which the identifier is still refused", async () => {
    const statuses = new Set<number>();
    for (let applications = 0; applications < 8; applications += 1) {
      const tenant = await makeTestTenant({});
      for (let draws = 0; draws < applications; draws += 1) tenant.kernel.random.next();
      const { applicationId, servicePrincipalId } = await makeApplication(tenant);
      const mode = { preferredSingleSignOnMode: "saml" };
      await tenant.call("PATCH", `/servicePrincipals/${servicePrincipalId}`, { body: mode });
      const patch = () => tenant.call("PATCH", `/applications/${applicationId}`, { body: SAML });
      statuses.add((await patch()).status);
      await tenant.clock.advance(4000);
      expect((await patch()).status).toBe(204);
    }
    expect(statuses).toEqual(new Set([204, 400]));
  });
});
