import { describe, expect, it } from "vitest";
import { ensureAppRegistration, GRAPH_APP_ID, leastPermissions } from "./app-registration.ts";
import {
  CLIENT_ID,
  fakeClock,
  fakeCredential,
  fakeFetch,
  refusal,
  TENANT_ID,
} from "../test-support/fake-graph.ts";
import { openGraph } from "./entra.ts";

const ROLES = leastPermissions().map((value, index) => ({
  id: `0000000${index}-0000-4000-8000-000000000000`,
  value,
}));
const FEDERATION = {
  issuer: "https://0a1b.tokens.sts.global.api.aws",
  subject: "arn:aws:iam::111111111111:role/landbridge-sign-in",
};
const WISH = { displayName: "Landbridge", federation: FEDERATION };
const APP = "10000000-0000-4000-8000-000000000001";
const OWN = "20000000-0000-4000-8000-000000000002";
const GRAPH_ITSELF = "30000000-0000-4000-8000-000000000003";

const application = { id: APP, appId: CLIENT_ID, displayName: "Landbridge" };
const credential = { id: "40000000-0000-4000-8000-000000000004", name: "landbridge-aws", ...FEDERATION };

function grant({ id }: { readonly id: string }) {
  return { id: "a", principalId: OWN, resourceId: GRAPH_ITSELF, appRoleId: id };
}

/** A tenant with all of it, but for what is given. */
function tenant(changes: Record<string, object> = {}) {
  const { fetch, requests } = fakeFetch({
    "GET /applications": { value: [application] },
    "GET /servicePrincipals": ({ query }) =>
      query["$filter"]?.includes(GRAPH_APP_ID)
        ? { value: [{ id: GRAPH_ITSELF, appId: GRAPH_APP_ID, appRoles: ROLES }] }
        : { value: [{ id: OWN, appId: CLIENT_ID }] },
    [`GET /servicePrincipals/${GRAPH_ITSELF}/appRoleAssignedTo`]: { value: ROLES.map(grant) },
    [`POST /servicePrincipals/${GRAPH_ITSELF}/appRoleAssignedTo`]: () =>
      Response.json({ id: "a" }, { status: 201 }),
    [`GET /applications/${APP}/federatedIdentityCredentials`]: {
      value: [{ ...credential, audiences: ["api://AzureADTokenExchange"] }],
    },
    [`POST /applications/${APP}/federatedIdentityCredentials`]: ({ body }) =>
      Response.json({ id: credential.id, ...(body as object) }, { status: 201 }),
    "POST /applications": () => Response.json(application, { status: 201 }),
    "POST /servicePrincipals": () => Response.json({ id: OWN, appId: CLIENT_ID }, { status: 201 }),
    ...changes,
  });
  const graph = openGraph({
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    credential: fakeCredential(),
    fetch,
    clock: fakeClock(),
  });
  return { graph, written: () => requests.filter(({ what }) => !what.startsWith("GET")) };
}

describe("Landbridge's app registration", () => {
  it("is left alone when it has everything", async () => {
    const { graph, written } = tenant();
    expect(await ensureAppRegistration(graph, WISH)).toEqual({ appId: CLIENT_ID, done: [] });
    expect(written()).toEqual([]);
  });

  it("is made in a tenant that has none of it, and trusts exactly the sign-in role", async () => {
    const { graph, written } = tenant({
      "GET /applications": { value: [] },
      "GET /servicePrincipals": (request: { query: Record<string, string> }) =>
        request.query["$filter"]?.includes(GRAPH_APP_ID)
          ? { value: [{ id: GRAPH_ITSELF, appId: GRAPH_APP_ID, appRoles: ROLES }] }
          : { value: [] },
      [`GET /servicePrincipals/${GRAPH_ITSELF}/appRoleAssignedTo`]: { value: [] },
      [`GET /applications/${APP}/federatedIdentityCredentials`]: { value: [] },
    });
    const { done } = await ensureAppRegistration(graph, WISH);
    expect(done).toHaveLength(3 + ROLES.length);
    expect(written()[0]?.body).toEqual({ displayName: "Landbridge", signInAudience: "AzureADMyOrg" });
    expect(written().at(-1)?.body).toEqual({
      name: "landbridge-aws",
      ...FEDERATION,
      audiences: ["api://AzureADTokenExchange"],
    });
  });

  it("gets the one permission that it lacks, and a second federated credential next to one for another role", async () => {
    const { graph, written } = tenant({
      [`GET /servicePrincipals/${GRAPH_ITSELF}/appRoleAssignedTo`]: { value: ROLES.slice(1).map(grant) },
      [`GET /applications/${APP}/federatedIdentityCredentials`]: {
        value: [
          { ...credential, subject: "arn:aws:iam::111111111111:role/Landbridge-sign-in", audiences: [] },
        ],
      },
    });
    await ensureAppRegistration(graph, WISH);
    expect(written().map(({ body }) => body)).toMatchObject([
      { principalId: OWN, resourceId: GRAPH_ITSELF, appRoleId: ROLES[0]?.id },
      { name: "landbridge-aws-2", subject: FEDERATION.subject },
    ]);
  });

  it("is not guessed among several of the name", async () => {
    const { graph, written } = tenant({
      "GET /applications": { value: [application, { ...application, id: OWN }] },
    });
    await expect(ensureAppRegistration(graph, WISH)).rejects.toMatchObject({ name: "ApplicationAmbiguous" });
    expect(written()).toEqual([]);
  });

  it("says which permission the administrator lacks", async () => {
    const { graph } = tenant({
      "GET /applications": { value: [] },
      "POST /applications": refusal(403, "Authorization_RequestDenied", "Insufficient privileges"),
    });
    await expect(ensureAppRegistration(graph, WISH)).rejects.toThrow("Application.ReadWrite.All");
  });
});
