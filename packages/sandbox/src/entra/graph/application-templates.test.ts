import { describe, expect, it } from "vitest";
import { makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const AWS_NAME = "AWS IAM Identity Center (successor to AWS Single Sign-On)";
const CUSTOM = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";

describe("the gallery", () => {
  it("finds the template of AWS by its name, and it alone", async () => {
    const tenant = await makeTestTenant({});
    const path = `/applicationTemplates?$filter=displayName eq '${AWS_NAME}'`;
    expect((await tenant.call("GET", path)).body).toMatchObject({
      value: [
        {
          id: "21ed01d2-ec13-4e9e-86c1-cd546719ebc4",
          supportedSingleSignOnModes: ["saml", "external"],
          supportedProvisioningTypes: ["sync"],
        },
      ],
    });
  });

  it("has no template of another id", async () => {
    const tenant = await makeTestTenant({});
    const path = "/applicationTemplates/11111111-2222-4333-8444-555555555555";
    expect((await tenant.call("GET", path)).status).toBe(404);
    const body = { displayName: "X" };
    expect((await tenant.call("POST", `${path}/instantiate`, { body })).status).toBe(404);
  });
});

describe("instantiating a template", () => {
  it("of the gallery and of none gives an application and a service principal with roles of their own", async () => {
    const tenant = await makeTestTenant({});
    const ids: string[] = [];
    for (const template of ["21ed01d2-ec13-4e9e-86c1-cd546719ebc4", CUSTOM]) {
      const body = { displayName: "AWS" };
      const made = await tenant.call("POST", `/applicationTemplates/${template}/instantiate`, { body });
      expect(made).toMatchObject({
        status: 201,
        body: {
          application: { applicationTemplateId: template, identifierUris: [], web: { redirectUris: [] } },
          servicePrincipal: {
            applicationTemplateId: template,
            tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
            appRoles: [
              { displayName: "User", isEnabled: true, value: null },
              { displayName: "msiam_access", isEnabled: true, value: null },
            ],
          },
        },
      });
      expect(read(made, "application.appId")).toBe(read(made, "servicePrincipal.appId"));
      ids.push(read(made, "servicePrincipal.appRoles.0.id"), read(made, "application.appId"));
    }
    expect(new Set(ids).size).toBe(4);
  });

  it("is refused without a name, and names the coverage page for what it does not know", async () => {
    const tenant = await makeTestTenant({});
    const path = `/applicationTemplates/${CUSTOM}/instantiate`;
    expect((await tenant.call("POST", path, { body: {} })).status).toBe(400);
    const foreign = await tenant.call("POST", path, { body: { displayName: "AWS", color: "blue" } });
    expect(foreign.status).toBe(400);
    expect(read(foreign, "error.message")).toContain("packages/sandbox/src/entra/coverage.md");
  });
});
