import { describe, expect, it } from "vitest";
import { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { seedState } from "../seed.ts";
import { DirectoryFile } from "../../seed/directory-file.ts";
import { makeTestTenant } from "../../../test-support/test-tenant.ts";
import { ChangeNotifications } from "./notifications/change-notifications.ts";
import { graphOperations } from "./operations.ts";
import { NEEDS } from "./permissions.ts";

const everything = [...new Set(Object.values(NEEDS).flat(2))];
const { kernel } = await makeTestTenant({});
const state = seedState(kernel, DirectoryFile.parse({ tenant: { name: "Contoso" } }));
const world = {
  state,
  jobs: new ProvisioningJobs(state),
  notifications: new ChangeNotifications(state, "c"),
};
const guarded = graphOperations(world).filter(({ needs }) => needs.length > 0);
const rows = guarded.flatMap(({ method, path, needs }) =>
  needs.map((anyOf) => ({ method, path, anyOf, others: needs.filter((other) => other !== anyOf) })),
);

/** Requests an object that does not exist: an authorized caller gets 404, or an error about the missing body. */
function request(method: string, path: string) {
  const body = method === "GET" || method === "DELETE" ? {} : { body: {} };
  return [method, path.replaceAll(/\{\w+\}/g, "11111111-2222-4333-8444-555555555555"), body] as const;
}

describe("application permissions", () => {
  it.each(rows)("$method $path is refused without any of $anyOf", async ({ method, path, anyOf }) => {
    const tenant = await makeTestTenant({});
    const granted: readonly string[] = anyOf;
    tenant.entra.grant(everything.filter((permission) => !granted.includes(permission)));
    await tenant.signIn();
    const answer = await tenant.call(...request(method, path));
    expect(answer).toMatchObject({ status: 403, body: { error: { code: "Authorization_RequestDenied" } } });
  });

  it.each(rows)("$method $path is let in by each of $anyOf", async ({ method, path, anyOf, others }) => {
    const tenant = await makeTestTenant({});
    const rest = others.flatMap(([least]) => least ?? []);
    for (const permission of anyOf) {
      tenant.entra.grant([permission, ...rest]);
      await tenant.signIn();
      expect((await tenant.call(...request(method, path))).status).not.toBe(403);
    }
  });

  it("are those of the time when the token was issued", async () => {
    const tenant = await makeTestTenant({});
    tenant.entra.grant([]);
    expect((await tenant.call("GET", "/users")).status).toBe(200);
    await tenant.signIn();
    expect((await tenant.call("GET", "/users")).status).toBe(403);
  });
});
