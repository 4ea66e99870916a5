import { describe, expect, it } from "vitest";
import { makeVirtualClock } from "../../kernel/virtual-clock.ts";
import { createSandbox } from "../../sandbox.ts";
import { DirectoryFile } from "../../seed/directory-file.ts";
import { OrganizationFile } from "../../seed/organization-file.ts";
import { AWS_TEMPLATE, answerOf, read, requestToken } from "../test-support/test-tenant.ts";
import { DAY, mails, person } from "./test-support/started-job.ts";

const people = ["Ada", "Bob", "Cleo"].map((name) => person(name));

/** The simulated Entra and the simulated AWS with a job between them, in its steady state, on a clock that jumps. */
async function connected() {
  const clock = makeVirtualClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse({ managementAccount: "Main", accounts: [{ name: "Main" }] }),
    directory: DirectoryFile.parse({
      tenant: { name: "Contoso" },
      users: people,
      groups: [{ name: "Ops", users: mails(people) }],
    }),
    clock,
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
  await clock.sleep(60_000);
  return { sandbox, clock, status: async () => (await call("GET", path)).body };
}

describe("a year in which nothing changes", () => {
  it("is a request for each of its cycles, until the token's year is over", async () => {
    const { sandbox, clock, status } = await connected();
    expect(sandbox.users()).toHaveLength(3);
    const from = sandbox.calls.calls.length;
    await clock.sleep(364 * DAY);
    expect(sandbox.calls.count(from)).toEqual({ scim: { ListUsers: 364 * 36 } });
    expect(await status()).toMatchObject({ status: { code: "Active", quarantine: null } });

    await clock.sleep(DAY);
    expect(await status()).toMatchObject({
      status: { code: "Quarantine", quarantine: { reason: "EncounteredQuarantineException" } },
    });
    sandbox.close();
  });
});
