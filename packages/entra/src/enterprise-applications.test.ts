import type { EnterpriseApplication } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { done, entraOn, refusal } from "../test-support/fake-graph.ts";

const application: EnterpriseApplication = {
  applicationObjectId: "app-1",
  appId: "client-1",
  servicePrincipalId: "sp-1",
  displayName: "AWS",
  templateId: "template-1",
};
const listed = { id: "app-1", appId: "client-1", displayName: "AWS", applicationTemplateId: "template-1" };
const gone = refusal(404, "Request_ResourceNotFound", "Resource does not exist");
const INSTANTIATE = "POST /applicationTemplates/template-1/instantiate";

describe("finding the application", () => {
  it("takes those of exactly that name with their service principals", async () => {
    const { applications, requests } = entraOn({
      "GET /applications": { value: [listed, { ...listed, id: "app-2", displayName: "aws" }] },
      "GET /servicePrincipals": { value: [{ id: "sp-1", appId: "client-1" }] },
    });
    expect(await applications.find("AWS")).toEqual([application]);
    expect(requests.map(({ query }) => query["$filter"])).toEqual([
      "displayName eq 'AWS'",
      "appId eq 'client-1'",
    ]);
  });

  it("finds the one that has AWS's identifier, whatever it is called", async () => {
    const { applications, requests } = entraOn({
      "GET /applications": [{ value: [{ ...listed, displayName: "By hand" }] }, { value: [] }],
      "GET /servicePrincipals": { value: [{ id: "sp-1", appId: "client-1" }] },
    });
    expect(await applications.findByIdentifier("https://aws")).toMatchObject({ displayName: "By hand" });
    expect(await applications.findByIdentifier("https://aws")).toBeNull();
    expect(requests[0]?.query["$filter"]).toBe("identifierUris/any(uri:uri eq 'https://aws')");
  });

  it("does not take one whose service principal is still to come for missing", async () => {
    const { applications } = entraOn({
      "GET /applications": { value: [listed] },
      "GET /servicePrincipals": { value: [] },
    });
    await expect(applications.find("AWS")).rejects.toMatchObject({ name: "NotPropagatedYet" });
  });

  it("passes over an app registration of that name that is no enterprise application", async () => {
    const { applications } = entraOn({
      "GET /applications": { value: [{ ...listed, applicationTemplateId: null }] },
      "GET /servicePrincipals": { value: [] },
    });
    expect(await applications.find("AWS")).toEqual([]);
  });
});

describe("creating the application", () => {
  const created = Response.json(
    { application: { id: "app-1", appId: "client-1" }, servicePrincipal: { id: "sp-1" } },
    { status: 201 },
  );

  it("tells its ids at once, and by reading both objects whether they are visible", async () => {
    const { applications, requests } = entraOn({
      [INSTANTIATE]: created,
      "GET /applications/app-1": [gone, { id: "app-1" }],
      "GET /servicePrincipals/sp-1": [gone, { id: "sp-1" }],
    });
    expect(await applications.create("template-1", "AWS")).toEqual(application);
    expect(requests).toMatchObject([{ what: INSTANTIATE, body: { displayName: "AWS" } }]);
    expect([
      await applications.isVisible(application),
      await applications.isVisible(application),
      await applications.isVisible(application),
    ]).toEqual([false, false, true]);
  });

  it("is not repeated when Graph's gateway gives up on it", async () => {
    const { applications, requests } = entraOn({ [INSTANTIATE]: refusal(504, "GatewayTimeout", "late") });
    await expect(applications.create("template-1", "AWS")).rejects.toMatchObject({
      name: "ServiceUnavailable",
    });
    expect(requests).toHaveLength(1);
  });
});

describe("writing the application", () => {
  it("sets each thing with one PATCH on the object that owns it", async () => {
    const { applications, requests } = entraOn({
      "PATCH /servicePrincipals/sp-1": done(),
      "PATCH /applications/app-1": done(),
    });
    await applications.setSamlMode(application);
    await applications.setSamlUrls(application, { identifier: "https://id", replyUrls: ["https://acs"] });
    await applications.setNotificationEmails(application, ["a@contoso.com"]);
    await applications.activateSigningCertificate(application, "A7D3");
    expect(requests.map(({ what, body }) => [what, body])).toEqual([
      ["PATCH /servicePrincipals/sp-1", { preferredSingleSignOnMode: "saml" }],
      [
        "PATCH /applications/app-1",
        { web: { redirectUris: ["https://acs"] }, identifierUris: ["https://id"] },
      ],
      ["PATCH /servicePrincipals/sp-1", { notificationEmailAddresses: ["a@contoso.com"] }],
      ["PATCH /servicePrincipals/sp-1", { preferredTokenSigningKeyThumbprint: "A7D3" }],
    ]);
    expect(requests[0]?.headers.get("content-type")).toBe("application/json");
  });

  it("may come back soon when SAML mode has not reached all of Entra", async () => {
    const { applications } = entraOn({
      "PATCH /applications/app-1": refusal(400, "HostNameNotOnVerifiedDomain", "must use a verified domain"),
    });
    const setting = applications.setSamlUrls(application, { identifier: "https://id", replyUrls: [] });
    await expect(setting).rejects.toMatchObject({ name: "NotPropagatedYet", retryable: true });
  });
});

describe("assigning", () => {
  const servicePrincipalId = "5e000000-0000-4000-8000-000000000001";
  const GROUP = "6e000000-0000-4000-8000-000000000001";
  const OTHER = "6e000000-0000-4000-8000-000000000002";
  const ROLE = "7e000000-0000-4000-8000-000000000001";
  const assignable = { ...application, servicePrincipalId };
  const path = `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`;
  const next = `https://graph.microsoft.com/v1.0${path}?$skiptoken=2`;
  const entry = { id: "a-1", principalId: GROUP, principalDisplayName: "Platform" };
  const exists = refusal(400, "Request_BadRequest", "Permission being assigned already exists on the object");

  it("lists the assignments of every page", async () => {
    const { applications } = entraOn({
      [`GET ${path}`]: [
        { value: [entry], "@odata.nextLink": next },
        { value: [{ ...entry, id: "a-2", principalId: OTHER, principalDisplayName: null }] },
      ],
    });
    expect(await applications.listAssignments(assignable)).toEqual([
      { id: "a-1", principalId: GROUP, principalName: "Platform" },
      { id: "a-2", principalId: OTHER, principalName: "" },
    ]);
  });

  it("gives the role on the service principal", async () => {
    const { applications, requests } = entraOn({ [`POST ${path}`]: Response.json(entry, { status: 201 }) });
    await applications.assign(assignable, GROUP, ROLE);
    expect(requests[0]?.body).toEqual({
      principalId: GROUP,
      resourceId: servicePrincipalId,
      appRoleId: ROLE,
    });
  });

  it("is content when the list shows that it stands already", async () => {
    const { applications, requests } = entraOn({
      [`POST ${path}`]: exists,
      [`GET ${path}`]: { value: [entry] },
    });
    await applications.assign(assignable, GROUP, ROLE);
    expect(requests).toHaveLength(2);
  });

  it("does not believe that it stands when the list does not show it", async () => {
    const { applications } = entraOn({ [`POST ${path}`]: exists, [`GET ${path}`]: { value: [] } });
    await expect(applications.assign(assignable, GROUP, ROLE)).rejects.toMatchObject({
      name: "ConflictingOperation",
    });
  });

  it("names the licence when a group needs one", async () => {
    const { applications } = entraOn({
      [`POST ${path}`]: refusal(403, "Authorization_RequestDenied", "Groups need a premium license"),
    });
    await expect(applications.assign(assignable, GROUP, ROLE)).rejects.toMatchObject({
      name: "LicenceMissing",
    });
  });
});
