import { describe, expect, it } from "vitest";
import { CYCLE, mails, person, startedJob } from "../../../test-support/started-job.ts";
import {
  type TestTenant,
  makeApplication,
  makeJob,
  makeTestTenant,
  read,
} from "../../../test-support/test-tenant.ts";

const people = [person("Ada")];
const file = { users: people, groups: [{ name: "Ops", users: mails(people) }] };
const NON_GALLERY = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";

async function templateOf({ call }: TestTenant, servicePrincipalId: string) {
  return call("GET", `/servicePrincipals/${servicePrincipalId}/synchronization/templates`);
}

describe("synchronization templates", () => {
  it("are one default template for an application, another one outside the gallery", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId, appId } = await makeApplication(tenant);
    const aws = await templateOf(tenant, servicePrincipalId);
    expect(aws.body).toMatchObject({ value: [{ default: true, applicationId: appId }] });
    const body = { displayName: "Custom" };
    const made = await tenant.call("POST", `/applicationTemplates/${NON_GALLERY}/instantiate`, { body });
    await tenant.clock.advance(15_000);
    const custom = await templateOf(tenant, read(made, "servicePrincipal.id"));
    expect(custom.body).toMatchObject({ value: [{ default: true, factoryTag: "CustomSCIM" }] });
    expect(read(custom, "value.0.id")).not.toBe(read(aws, "value.0.id"));
  });
});

describe("synchronization jobs", () => {
  it("are made from the application's template; another template is not found", async () => {
    const tenant = await makeTestTenant({});
    const { servicePrincipalId } = await makeApplication(tenant);
    const path = `/servicePrincipals/${servicePrincipalId}/synchronization/jobs`;
    const templateId = read(await templateOf(tenant, servicePrincipalId), "value.0.id");
    expect((await tenant.call("POST", path, { body: { templateId: "aws" } })).status).toBe(404);
    const job = await tenant.call("POST", path, { body: { templateId } });
    expect(job).toMatchObject({ status: 201, body: { templateId } });
    const id = read(job, "id");
    expect((await tenant.call("GET", path)).body).toMatchObject({ value: [{ id }] });
    expect((await tenant.call("GET", `${path}/${id}`)).body).toMatchObject({ id, templateId });
  });

  it("stop when they are deleted, and are gone", async () => {
    const { call, clock, path, scim } = await startedJob(file, { names: ["Ops"] });
    await clock.advance(10_000);
    expect((await call("DELETE", path)).status).toBe(204);
    scim.requests.length = 0;
    await clock.advance(3 * CYCLE);
    expect(scim.requests).toEqual([]);
    for (const [method, url] of [
      ["GET", path],
      ["POST", `${path}/start`],
      ["GET", `${path}/schema`],
    ] as const) {
      expect((await call(method, url)).status).toBe(404);
    }
  });

  it("continue as they were when they are started again while they run", async () => {
    const { act, clock, scim } = await startedJob(file, { names: ["Ops"] });
    await clock.advance(CYCLE / 2);
    scim.requests.length = 0;
    for (const _ of [1, 2, 3]) await act("start");
    await clock.advance(CYCLE / 4);
    expect(scim.requests).toEqual([]);
    await clock.advance(CYCLE);
    expect(scim.requests).toEqual(["GET /Users"]);
  });

  it.each([
    ["GET", ""],
    ["GET", "/schema"],
    ["POST", "/start"],
    ["POST", "/restart"],
    ["PUT", "/schema"],
    ["DELETE", ""],
  ])("answer %s jobs/{id}%s to an application with a permission for it only", async (method, suffix) => {
    const tenant = await makeTestTenant({});
    const path = await makeJob(tenant, await makeApplication(tenant));
    tenant.entra.grant(["Synchronization.Read.All"]);
    await tenant.signIn();
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    const answer = await tenant.call(method, `${path}${suffix}`, { body });
    expect(answer.status).toBe(method === "GET" ? 200 : 403);
    tenant.entra.grant(["User.Read.All"]);
    await tenant.signIn();
    expect(await tenant.call(method, `${path}${suffix}`, { body })).toMatchObject({
      status: 403,
      body: { error: { code: "Authorization_RequestDenied" } },
    });
  });
});
