import { describe, expect, it } from "vitest";
import { type TestTenant, makeTestTenant } from "../../../test-support/test-tenant.ts";

const file = {
  users: [{ userPrincipalName: "ada@contoso.com", displayName: "Ada" }],
  groups: [{ name: "Ops", id: "0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11", users: ["ada@contoso.com"] }],
};
const OPS = "/groups/0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11";

interface Item {
  readonly id: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

async function batch(tenant: TestTenant, requests: readonly object[]) {
  const headers = { "Content-Type": "application/json" };
  const answer = await tenant.call("POST", "/$batch", { body: { requests }, headers });
  const { responses = [] } = answer.body as { responses?: Item[] };
  return { ...answer, items: responses.toSorted((a, b) => Number(a.id) - Number(b.id)) };
}

function get(id: number, url: string, rest: object = {}) {
  return { id: String(id), method: "GET", url, ...rest };
}

describe("a batch", () => {
  it("answers each request with a status of its own, in no order", async () => {
    const tenant = await makeTestTenant(file);
    const requests = Array.from({ length: 20 }, (_, index) =>
      get(index, index === 3 ? "/users/nobody" : OPS),
    );
    const { status, items, body } = await batch(tenant, requests);
    expect(status).toBe(200);
    expect(items.map((item) => item.status)).toEqual(requests.map((_, index) => (index === 3 ? 404 : 200)));
    expect(items[0]?.body).toMatchObject({ displayName: "Ops" });
    const order = (body as { responses: Item[] }).responses.map(({ id }) => Number(id));
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
  });

  it("takes relative addresses with or without a slash, and headers; not what answers in plain text", async () => {
    const tenant = await makeTestTenant(file);
    const headers = { ConsistencyLevel: "eventual" };
    const { items } = await batch(tenant, [
      get(1, "users?$select=displayName"),
      get(2, `${OPS}/transitiveMembers/$count`, { headers }),
      get(3, `${OPS}/transitiveMembers?$count=true`, { headers }),
    ]);
    expect(items).toMatchObject([
      { status: 200, body: { value: [{ displayName: "Ada" }] } },
      { status: 501, body: { error: { code: "NotImplemented" } } },
      { status: 200, body: { "@odata.count": 1 } },
    ]);
  });

  it("stops a sequence at the first failure", async () => {
    const tenant = await makeTestTenant(file);
    const { items } = await batch(tenant, [
      get(1, OPS),
      get(2, "/users/nobody", { dependsOn: ["1"] }),
      get(3, OPS, { dependsOn: ["2"] }),
      get(4, OPS, { dependsOn: ["3"] }),
    ]);
    expect(items.map(({ status }) => status)).toEqual([200, 404, 424, 424]);
  });

  it.each([
    ["more than 20 requests", Array.from({ length: 21 }, (_, index) => get(index, OPS))],
    ["no request", []],
    ["one id twice", [get(1, OPS), get(1, OPS)]],
    ["a mixed order", [get(1, OPS), get(2, OPS, { dependsOn: ["1"] }), get(3, OPS)]],
    ["a later dependency", [get(1, OPS, { dependsOn: ["2"] }), get(2, OPS)]],
  ])("is refused as a whole for %s", async (_, requests) => {
    const tenant = await makeTestTenant(file);
    expect(await batch(tenant, requests)).toMatchObject({
      status: 400,
      body: { error: { code: "BadRequest" } },
    });
  });

  it("refuses an item with a body but no Content-Type, and takes it with one", async () => {
    const tenant = await makeTestTenant(file);
    const item = {
      method: "POST",
      url: "/applicationTemplates/21ed01d2-ec13-4e9e-86c1-cd546719ebc4/instantiate",
      body: { displayName: "AWS" },
    };
    const headers = { "Content-Type": "application/json" };
    const { items } = await batch(tenant, [
      { ...item, id: "1", headers: { "x-any": "1" } },
      { ...item, id: "2", headers },
    ]);
    expect(items.map(({ status }) => status)).toEqual([400, 201]);
  });

  it("throttles items one by one, inside an answer of 200", async () => {
    const tenant = await makeTestTenant(file);
    const busy = `${OPS}/transitiveMembers`;
    for (let unit = 0; unit < 3490; unit += 5) await tenant.call("GET", busy);
    const { status, items } = await batch(
      tenant,
      [1, 2, 3, 4].map((id) => get(id, busy)),
    );
    expect(status).toBe(200);
    expect(items.filter((item) => item.status === 200)).toHaveLength(2);
    expect(items.filter((item) => item.status === 429)).toHaveLength(2);
    const refused = items.find((item) => item.status === 429);
    expect(Number(refused?.headers?.["retry-after"])).toBeGreaterThan(0);
  });

  it("needs a token, and gives its items no more than the token has", async () => {
    const tenant = await makeTestTenant(file);
    tenant.entra.grant(["User.Read.All"]);
    await tenant.signIn();
    const { items } = await batch(tenant, [get(1, "/users"), get(2, "/groups")]);
    expect(items.map(({ status }) => status)).toEqual([200, 403]);
    const { entra } = tenant;
    const bare = new Request("http://127.0.0.1/v1.0/$batch", { method: "POST", body: '{"requests":[]}' });
    expect((await entra.graph.fetch(bare)).status).toBe(401);
  });
});
