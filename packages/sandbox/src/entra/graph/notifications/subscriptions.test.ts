import { describe, expect, it } from "vitest";
import { DEFAULT_PERMISSIONS } from "../permissions.ts";
import { type TestTenant, makeTestTenant, read } from "../../../../test-support/test-tenant.ts";

const MINUTE = 60_000;
const OPS = "0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11";
const file = {
  users: [{ userPrincipalName: "ada@contoso.com", displayName: "Ada" }],
  groups: [{ name: "Ops", id: OPS }],
};

function echo(request: Request): Response {
  const token = new URL(request.url).searchParams.get("validationToken") ?? "";
  return new Response(token, { headers: { "Content-Type": "text/plain" } });
}

async function makeTenant(granted: readonly string[] = ["Group.Read.All"]) {
  const tenant = await makeTestTenant(file);
  tenant.webhook = echo;
  tenant.entra.grant([...DEFAULT_PERMISSIONS, ...granted]);
  await tenant.signIn();
  return tenant;
}

function wanted({ clock }: TestTenant, changes: object = {}, minutes = 41_760) {
  return {
    changeType: "updated,deleted",
    notificationUrl: "https://hooks.example.com/graph?tenant=1",
    resource: "/groups",
    expirationDateTime: new Date(clock.now() + minutes * MINUTE).toISOString(),
    clientState: "canary",
    ...changes,
  };
}

describe("subscribing", () => {
  it("validates the endpoint first, as plain text, and answers the subscription", async () => {
    const tenant = await makeTenant();
    const asked: Request[] = [];
    tenant.webhook = (request) => {
      asked.push(request);
      return echo(request);
    };
    const body = wanted(tenant, { lifecycleNotificationUrl: "https://hooks.example.com/lifecycle" });
    const made = await tenant.call("POST", "/subscriptions", { body });
    const { clientId } = tenant.entra.credentials;
    expect(made).toMatchObject({ status: 201, body: { ...body, applicationId: clientId } });
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(["/graph", "/lifecycle"]);
    expect(new URL(asked[0]?.url ?? "").searchParams.get("tenant")).toBe("1");
    expect(asked[0]?.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(asked[0]?.method).toBe("POST");

    const one = await tenant.call("GET", `/subscriptions/${read(made, "id")}`);
    expect(one.body).toMatchObject({ resource: "/groups", clientState: null });
    expect((await tenant.call("GET", "/subscriptions")).body).toMatchObject({ value: [{}] });
  });

  const plain = { headers: { "Content-Type": "text/plain" } };
  it.each<[string, TestTenant["webhook"]]>([
    ["another text", () => new Response("no", plain)],
    ["the token as it was encoded", ({ url }) => new Response(url.split("validationToken=")[1], plain)],
    [
      "another type",
      (request) => new Response(echo(request).body, { headers: { "Content-Type": "text/html" } }),
    ],
    ["another status", (request) => new Response(echo(request).body, { ...plain, status: 202 })],
    ["no connection", () => Promise.reject(new TypeError("fetch failed"))],
  ])("is refused when the endpoint answers with %s", async (_, webhook) => {
    const tenant = await makeTenant();
    tenant.webhook = webhook;
    const answer = await tenant.call("POST", "/subscriptions", { body: wanted(tenant) });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "ValidationError" } } });
    expect(JSON.stringify(answer.body)).not.toContain("canary");
    expect((await tenant.call("GET", "/subscriptions")).body).toMatchObject({ value: [] });
  });

  it("is refused when the endpoint takes more than ten seconds", async () => {
    const tenant = await makeTenant();
    tenant.webhook = async (request) => {
      await tenant.clock.sleep(10_001);
      return echo(request);
    };
    const answer = tenant.call("POST", "/subscriptions", { body: wanted(tenant) });
    await tenant.clock.advance(11_000);
    expect((await answer).status).toBe(400);
  });

  it.each([
    ["a longer life than 41,760 minutes", {}, 41_761],
    ["an end in the past", {}, -1],
    ["changeType created", { changeType: "created" }, 60],
    ["an address without TLS", { notificationUrl: "http://hooks.example.com/" }, 60],
    ["a client state of more than 128 characters", { clientState: "a".repeat(129) }, 60],
  ])("is refused for %s", async (_, changes, minutes) => {
    const tenant = await makeTenant();
    const body = wanted(tenant, changes, minutes);
    expect((await tenant.call("POST", "/subscriptions", { body })).status).toBe(400);
  });

  it.each([
    [{ resource: "me/messages" }],
    [{ resource: `/groups/${OPS}/owners` }],
    [{ notificationUrl: "EventHub:https://vault.vault.azure.net/secrets/x?tenantId=contoso.com" }],
  ])("does not imitate %j", async (changes) => {
    const tenant = await makeTenant();
    const body = wanted(tenant, changes);
    expect((await tenant.call("POST", "/subscriptions", { body })).status).toBe(501);
  });

  it("to a group that is not there is refused", async () => {
    const tenant = await makeTenant();
    const body = wanted(tenant, { resource: "groups/11111111-2222-4333-8444-555555555555" });
    expect((await tenant.call("POST", "/subscriptions", { body })).status).toBe(404);
  });

  it.each([
    ["/groups", ["Group.ReadWrite.All", "GroupMember.Read.All", "User.Read.All"], "Group.Read.All"],
    ["/users", ["User.ReadWrite.All", "Group.Read.All"], "User.Read.All"],
  ])(
    "to %s needs the permission to read, which one to write does not stand for",
    async (resource, others, one) => {
      const tenant = await makeTenant();
      const body = wanted(tenant, { resource });
      tenant.entra.grant(others);
      await tenant.signIn();
      expect(await tenant.call("POST", "/subscriptions", { body })).toMatchObject({
        status: 403,
        body: { error: { code: "Authorization_RequestDenied" } },
      });
      tenant.entra.grant([one]);
      await tenant.signIn();
      expect((await tenant.call("POST", "/subscriptions", { body })).status).toBe(201);
    },
  );

  it("ends at a hundred for the application in the tenant, until one is deleted", async () => {
    const tenant = await makeTenant();
    const post = () => tenant.call("POST", "/subscriptions", { body: wanted(tenant) });
    const first = read(await post(), "id");
    for (let count = 1; count < 100; count += 1) expect((await post()).status).toBe(201);
    const refused = await post();
    expect(refused.status).toBe(403);
    expect(read(refused, "error.message")).toContain("100");
    expect((await tenant.call("DELETE", `/subscriptions/${first}`)).status).toBe(204);
    expect((await post()).status).toBe(201);
    tenant.entra.close();
  });
});

describe("a subscription", () => {
  it("is renewed, up to the longest life, and ends when it is not", async () => {
    const tenant = await makeTenant();
    const path = `/subscriptions/${read(
      await tenant.call("POST", "/subscriptions", { body: wanted(tenant, {}, 60) }),
      "id",
    )}`;
    const expirationDateTime = new Date(tenant.clock.now() + 120 * MINUTE).toISOString();
    expect(await tenant.call("PATCH", path, { body: { expirationDateTime } })).toMatchObject({
      status: 200,
      body: { expirationDateTime },
    });
    const tooFar = new Date(tenant.clock.now() + 41_761 * MINUTE).toISOString();
    expect((await tenant.call("PATCH", path, { body: { expirationDateTime: tooFar } })).status).toBe(400);
    expect((await tenant.call("POST", `${path}/reauthorize`)).status).toBe(204);
    await tenant.clock.advance(119 * MINUTE);
    expect((await tenant.call("GET", path)).status).toBe(200);
    await tenant.clock.advance(MINUTE);
    expect((await tenant.call("GET", path)).status).toBe(404);
    expect((await tenant.call("PATCH", path, { body: { expirationDateTime } })).status).toBe(404);
  });
});
