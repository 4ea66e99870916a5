import { describe, expect, it } from "vitest";
import { makeApplication, makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const PERMISSIONS = [
  "Application.ReadWrite.All",
  "Policy.Read.All",
  "Policy.ReadWrite.ApplicationConfiguration",
];
const SCHEMA = [
  {
    Source: "user",
    ID: "department",
    SamlClaimType: "https://aws.amazon.com/SAML/Attributes/AccessControl:Department",
  },
];

function policy(changes: object = {}, schema: object[] = SCHEMA) {
  const definition = { Version: 1, IncludeBasicClaimSet: "true", ClaimsSchema: schema, ...changes };
  return { displayName: "AWS", definition: [JSON.stringify({ ClaimsMappingPolicy: definition })] };
}

async function makeTenant() {
  const tenant = await makeTestTenant({});
  const { servicePrincipalId } = await makeApplication(tenant);
  tenant.entra.grant(PERMISSIONS);
  await tenant.signIn();
  return { tenant, path: `/servicePrincipals/${servicePrincipalId}/claimsMappingPolicies` };
}

function reference(id: string) {
  return { body: { "@odata.id": `https://graph.microsoft.com/v1.0/policies/claimsMappingPolicies/${id}` } };
}

describe("claims mapping policies", () => {
  it("are made, assigned to a service principal once, taken from it, and deleted", async () => {
    const { tenant, path } = await makeTenant();
    const made = await tenant.call("POST", "/policies/claimsMappingPolicies", { body: policy() });
    expect(made).toMatchObject({ status: 201, body: { ...policy(), isOrganizationDefault: false } });
    const id = read(made, "id");

    expect((await tenant.call("POST", `${path}/$ref`, reference(id))).status).toBe(204);
    expect((await tenant.call("POST", `${path}/$ref`, reference(id))).status).toBe(400);
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [{ id }] });
    expect((await tenant.call("DELETE", `${path}/${id}/$ref`)).status).toBe(204);
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [] });
    expect((await tenant.call("DELETE", `${path}/${id}/$ref`)).status).toBe(404);

    await tenant.call("POST", `${path}/$ref`, reference(id));
    expect((await tenant.call("DELETE", `/policies/claimsMappingPolicies/${id}`)).status).toBe(204);
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [] });
    expect((await tenant.call("GET", "/policies/claimsMappingPolicies")).body).toMatchObject({ value: [] });
  });

  it.each([
    ["text that is not JSON", { displayName: "AWS", definition: ["{"] }],
    ["a key in another case", policy({}, [{ source: "user", id: "department" }])],
    ["another version", policy({ Version: 2 })],
    ["a boolean in place of a text", policy({ IncludeBasicClaimSet: true })],
  ])("are refused with %s", async (_, body) => {
    const { tenant } = await makeTenant();
    const answer = await tenant.call("POST", "/policies/claimsMappingPolicies", { body });
    expect(answer.status).toBe(400);
    expect(read(answer, "error.message")).toMatch(/has an invalid value/);
  });

  it("are not assigned by an address of something else, nor when they are not there", async () => {
    const { tenant, path } = await makeTenant();
    const foreign = { body: { "@odata.id": "https://example.com/policies/claimsMappingPolicies/1" } };
    expect((await tenant.call("POST", `${path}/$ref`, foreign)).status).toBe(400);
    const missing = reference("11111111-2222-4333-8444-555555555555");
    expect((await tenant.call("POST", `${path}/$ref`, missing)).status).toBe(404);
  });
});
