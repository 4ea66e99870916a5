import type { Layer } from "../src/kernel/kernel.ts";
import { makeVirtualClock } from "../src/kernel/virtual-clock.ts";
import { createSandbox } from "../src/sandbox.ts";
import { DirectoryFile } from "../src/seed/directory-file.ts";
import { OrganizationFile } from "../src/seed/organization-file.ts";
import { AWS_TEMPLATE, answerOf, read, requestToken } from "./test-tenant.ts";
import { mails, type person } from "./started-job.ts";

/**
 * The simulated Entra and the simulated AWS on a clock that jumps, with a job between them that has been started for the
 * group Ops of all the people.
 */
export async function connectedSandbox(
  people: readonly ReturnType<typeof person>[],
  layers: readonly Layer[] = [],
) {
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse({ managementAccount: "Main", accounts: [{ name: "Main" }] }),
    directory: DirectoryFile.parse({
      tenant: { name: "Contoso" },
      users: people,
      groups: [{ name: "Ops", users: mails(people) }],
    }),
    clock,
    layers,
  });
  const token = read(await requestToken(sandbox.entra, {}), "access_token");
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: `Bearer ${token}` };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const url = `https://graph.microsoft.com/v1.0${path}`;
    return answerOf(await sandbox.network(new Request(url, { method, headers, ...sent })));
  };
  const made = await call("POST", `/applicationTemplates/${AWS_TEMPLATE}/instantiate`, {
    displayName: "AWS",
  });
  await clock.sleep(15_000);
  const id = read(made, "servicePrincipal.id");
  await call("POST", `/servicePrincipals/${id}/appRoleAssignedTo`, {
    principalId: sandbox.entra.groups()[0]?.id,
    resourceId: id,
    appRoleId: read(made, "servicePrincipal.appRoles.0.id"),
  });
  const { scim } = sandbox.states;
  const base = `/servicePrincipals/${id}/synchronization`;
  const pairs = { BaseAddress: scim.enable(), SecretToken: scim.createToken().token, SyncAll: "false" };
  const value = Object.entries(pairs).map(([key, text]) => ({ key, value: text }));
  await call("PUT", `${base}/secrets`, { value });
  const job = await call("POST", `${base}/jobs`, { templateId: "awsidentitycenter" });
  const path = `${base}/jobs/${read(job, "id")}`;
  await call("POST", `${path}/start`);
  return { sandbox, clock, status: async () => (await call("GET", path)).body };
}
