import { describe, expect, it } from "vitest";
import { AWS_TEMPLATE } from "../test-support/test-tenant.ts";
import {
  type Json,
  makeGroup,
  makePermissionSet,
  makeTestSandbox,
  textAt,
} from "../test-support/test-sandbox.ts";

const DIRECTORY = {
  users: [
    { userPrincipalName: "ada@contoso.com", displayName: "Ada", givenName: "Ada", surname: "Lovelace" },
  ],
  groups: [{ name: "AWS admins", users: ["ada@contoso.com"] }],
};
const METADATA =
  '<EntityDescriptor entityID="https://sts.windows.net/t/"><IDPSSODescriptor><X509Certificate>AAAA</X509Certificate></IDPSSODescriptor></EntityDescriptor>';

describe("the sandbox", () => {
  it("lets the simulated Entra provision users, groups and members into the simulated AWS", async () => {
    const { sandbox, clock } = makeTestSandbox(DIRECTORY);
    sandbox.console.changeIdentitySource({ metadata: METADATA, confirmation: "ACCEPT" });
    const { endpoint } = sandbox.console.enableProvisioning();
    const { token } = sandbox.console.createToken();
    const graph = await signIn(sandbox);

    const made = await graph("POST", `/applicationTemplates/${AWS_TEMPLATE}/instantiate`, {
      displayName: "AWS",
    });
    await clock.advance(15_000);
    const resourceId = textAt(made, "servicePrincipal.id");
    await graph("POST", `/servicePrincipals/${resourceId}/appRoleAssignedTo`, {
      principalId: sandbox.entra.groups()[0]?.id,
      resourceId,
      appRoleId: textAt(made, "servicePrincipal.appRoles.0.id"),
    });
    const synchronization = `/servicePrincipals/${resourceId}/synchronization`;
    const secrets = {
      BaseAddress: endpoint,
      SecretToken: token,
      SyncNotificationSettings: "{}",
      SyncAll: "false",
    };
    const value = Object.entries(secrets).map(([key, text]) => ({ key, value: text }));
    await graph("PUT", `${synchronization}/secrets`, { value });
    const job = await graph("POST", `${synchronization}/jobs`, { templateId: "awsidentitycenter" });
    await graph("POST", `${synchronization}/jobs/${textAt(job, "id")}/start`);
    await clock.advance(60_000);

    const { identityStore } = sandbox.states;
    const user = identityStore.findUserByName("ada@contoso.com");
    const group = identityStore.findGroupByName("AWS admins");
    expect(user?.attributes.externalId).toBe(sandbox.entra.users()[0]?.id);
    expect(group?.attributes.externalId).toBe(sandbox.entra.groups()[0]?.id);
    expect(identityStore.isMember(group?.id ?? "", user?.id ?? "")).toBe(true);
    sandbox.close();
  });

  it("makes assignments that were due before SCIM deletes their group", async () => {
    const test = makeTestSandbox();
    const { sandbox, sso, clock } = test;
    const scimPath = new URL(sandbox.states.scim.enable()).pathname;
    const { token } = sandbox.states.scim.createToken();
    const PrincipalId = makeGroup(test);
    const PermissionSetArn = await makePermissionSet(test);
    const target = { TargetType: "AWS_ACCOUNT", TargetId: "222222222222", PermissionSetArn };
    await sso("CreateAccountAssignment", { ...target, PrincipalType: "GROUP", PrincipalId });
    await clock.advance(300_000);
    const headers = { authorization: `Bearer ${token}` };
    const url = `http://127.0.0.1/scim${scimPath}/Groups/${PrincipalId}`;
    expect((await sandbox.fetch(new Request(url, { method: "DELETE", headers }))).status).toBe(204);
    expect(sandbox.assignments()).toHaveLength(1);
  });

  it("counts every request by service and operation, refused ones too", async () => {
    const { sandbox, aws } = makeTestSandbox();
    await aws("sso-admin", "ListInstances");
    await aws("organizations", "ListRoots");
    await aws("organizations", "InviteAccountToOrganization");
    expect(sandbox.calls.count()).toEqual({
      "sso-admin": { ListInstances: 1 },
      organizations: { ListRoots: 1, InviteAccountToOrganization: 1 },
    });
    expect(sandbox.calls.calls.at(-1)?.status).toBe(400);
  });

  it("says which services it has to a request for another", async () => {
    const { sandbox } = makeTestSandbox();
    const response = await sandbox.fetch(new Request("http://127.0.0.1/ec2/"));
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("/sso-admin");
  });

  it("gives the same ids for the same seed", () => {
    expect(arnOf(1)).toBe(arnOf(1));
    expect(arnOf(2)).not.toBe(arnOf(1));
  });
});

function arnOf(seed: number): string {
  return makeTestSandbox({}, seed).sandbox.states.identityCenter.instanceArn;
}

type Fetching = Pick<ReturnType<typeof makeTestSandbox>["sandbox"], "fetch" | "entra">;

/** Signs in at the simulated Entra. @returns a function that calls the simulated Graph */
async function signIn(sandbox: Fetching) {
  const { tenantId, clientId, clientSecret } = sandbox.entra.credentials;
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: "https://graph.microsoft.com/.default",
  });
  const url = `http://127.0.0.1/login/${tenantId}/oauth2/v2.0/token`;
  const answer = await sandbox.fetch(new Request(url, { method: "POST", body: form }));
  const token = textAt(await answer.json(), "access_token");
  return async (method: string, path: string, body?: Json): Promise<unknown> => {
    const init = {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    };
    const request = new Request(`http://127.0.0.1/graph/v1.0${path}`, {
      ...init,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await sandbox.fetch(request);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
}
