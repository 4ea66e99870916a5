import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_PERMISSIONS } from "../permissions.ts";
import { type TestTenant, makeTestTenant, read } from "../../../../test-support/test-tenant.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CONTRACT = "../shared/contracts/events/graph-group-members-changed.json";
const file = {
  users: ["ada", "bo"].map((name) => ({ userPrincipalName: `${name}@contoso.com`, displayName: name })),
  groups: [{ name: "Ops", users: ["ada@contoso.com"] }, { name: "Dev" }],
};

type Item = Readonly<Record<string, unknown>> & { readonly resourceData?: Record<string, unknown> };

interface Delivered {
  readonly path: string;
  readonly at: number;
  readonly value: readonly Item[];
}

interface Endpoint {
  readonly tenant: TestTenant;
  readonly delivered: Delivered[];
  /** Status of the answers to deliveries from now on. */
  status: number;
  /** How long an answer takes. */
  delayMilliseconds: number;
}

async function makeEndpoint(): Promise<Endpoint> {
  const tenant = await makeTestTenant(file);
  tenant.entra.grant([...DEFAULT_PERMISSIONS, "Group.Read.All"]);
  await tenant.signIn();
  const endpoint: Endpoint = { tenant, delivered: [], status: 202, delayMilliseconds: 0 };
  tenant.webhook = async (request) => {
    const { searchParams, pathname: path } = new URL(request.url);
    const token = searchParams.get("validationToken");
    if (token !== null) return new Response(token, { headers: { "Content-Type": "text/plain" } });
    const { value } = (await request.json()) as { value: Item[] };
    endpoint.delivered.push({ path, at: tenant.clock.now(), value });
    if (endpoint.delayMilliseconds > 0) await tenant.clock.sleep(endpoint.delayMilliseconds);
    return new Response(null, { status: endpoint.status });
  };
  return endpoint;
}

async function subscribe({ tenant }: Endpoint, changes: object = {}): Promise<string> {
  const body = {
    changeType: "updated,deleted",
    notificationUrl: "https://hooks.example.com/graph",
    resource: "/groups",
    expirationDateTime: new Date(tenant.clock.now() + 20 * DAY).toISOString(),
    clientState: "shared-secret",
    ...changes,
  };
  return read(await tenant.call("POST", "/subscriptions", { body }), "id");
}

function groupsOf({ tenant }: Endpoint) {
  const [ops, dev] = tenant.entra.groups();
  const [ada, bo] = tenant.entra.users();
  if (!ops || !dev || !ada || !bo) throw new Error("The file has groups and users.");
  return { ops, dev, ada, bo };
}

function namesOf(object: object | undefined): Set<string> {
  return new Set(Object.keys(object ?? {}));
}

function items({ delivered }: Endpoint): Item[] {
  return delivered.flatMap(({ value }) => value);
}

describe("a change notification", () => {
  it("reports changed members within ten minutes, with the client's state", async () => {
    const endpoint = await makeEndpoint();
    const { ops, ada, bo } = groupsOf(endpoint);
    const subscriptionId = await subscribe(endpoint);
    ops.userIds.delete(ada.id);
    ops.userIds.add(bo.id);
    await endpoint.tenant.clock.advance(10 * MINUTE);
    const { tenantId } = endpoint.tenant.entra.credentials;
    expect(items(endpoint)).toEqual([
      {
        changeType: "updated",
        clientState: "shared-secret",
        resource: `Groups/${ops.id}`,
        resourceData: {
          "@odata.type": "#Microsoft.Graph.Group",
          "@odata.id": `Groups/${ops.id}`,
          id: ops.id,
          organizationId: tenantId,
          "members@delta": [{ id: bo.id }, { id: ada.id, "@removed": "deleted" }],
        },
        subscriptionExpirationDateTime: expect.any(String),
        subscriptionId,
        tenantId,
      },
    ]);
    endpoint.tenant.entra.close();
  });

  it.skipIf(!existsSync(CONTRACT))(
    "has the members of the contract's example (skipped without ../shared)",
    async () => {
      const example = JSON.parse(readFileSync(CONTRACT, "utf8")) as {
        request: { body: { value: [Item] } };
      };
      const endpoint = await makeEndpoint();
      const { ops, ada } = groupsOf(endpoint);
      await subscribe(endpoint);
      ops.userIds.delete(ada.id);
      await endpoint.tenant.clock.advance(10 * MINUTE);
      const [item] = items(endpoint);
      const [expected] = example.request.body.value;
      expect(namesOf(item)).toEqual(namesOf(expected));
      expect(namesOf(item?.resourceData)).toEqual(namesOf(expected.resourceData));
      endpoint.tenant.entra.close();
    },
  );

  it("does not tell what changed before the subscription", async () => {
    const endpoint = await makeEndpoint();
    const { ops, dev } = groupsOf(endpoint);
    await subscribe(endpoint, { clientState: "first" });
    ops.displayName = "Operations";
    await subscribe(endpoint, { clientState: "second" });
    dev.displayName = "Developers";
    await endpoint.tenant.clock.advance(10 * MINUTE);
    const told = (state: string) =>
      items(endpoint)
        .filter(({ clientState }) => clientState === state)
        .map(({ resourceData }) => resourceData?.["id"]);
    expect(new Set(told("first"))).toEqual(new Set([ops.id, dev.id]));
    expect(told("second")).toEqual([dev.id]);
    endpoint.tenant.entra.close();
  });

  it("comes for creation and soft deletion as updated, for the final deletion as deleted", async () => {
    const endpoint = await makeEndpoint();
    const { directory } = endpoint.tenant.entra;
    await subscribe(endpoint);
    const { id } = directory.addGroup({ name: "New" });
    await endpoint.tenant.clock.advance(10 * MINUTE);
    directory.remove(id);
    await endpoint.tenant.clock.advance(10 * MINUTE);
    directory.purge(id);
    await endpoint.tenant.clock.advance(10 * MINUTE);
    expect(items(endpoint).map(({ changeType }) => changeType)).toEqual(["updated", "updated", "deleted"]);
    endpoint.tenant.entra.close();
  });

  it("comes only for what is subscribed to", async () => {
    const endpoint = await makeEndpoint();
    const { ops, dev, ada, bo } = groupsOf(endpoint);
    await subscribe(endpoint, { resource: `groups/${ops.id}`, clientState: "one" });
    await subscribe(endpoint, { resource: `groups/${ops.id}/members`, clientState: "members" });
    await subscribe(endpoint, { resource: "users", clientState: "users", changeType: "updated" });
    dev.userIds.add(bo.id);
    ops.description = "On call";
    ada.accountEnabled = false;
    await endpoint.tenant.clock.advance(10 * MINUTE);
    const told = items(endpoint).map(({ clientState, resource }) => [clientState, resource]);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(["one", `Groups/${ops.id}`]);
    expect(told).toContainEqual(["users", `Users/${ada.id}`]);
    endpoint.tenant.entra.close();
  });

  it("ends with its subscription, and nothing sleeps on the clock after the last", async () => {
    const endpoint = await makeEndpoint();
    const { ops } = groupsOf(endpoint);
    const id = await subscribe(endpoint);
    ops.displayName = "Operations";
    await endpoint.tenant.call("DELETE", `/subscriptions/${id}`);
    await endpoint.tenant.clock.advance(DAY);
    expect(endpoint.delivered).toEqual([]);
    expect(endpoint.tenant.clock.sleeping()).toBe(0);
  });
});

describe("a delivery that fails", () => {
  it.each([
    ["is refused", 503, 0],
    ["is answered after more than three seconds", 202, 3001],
  ])("because it %s is tried again for four hours, then dropped", async (_, status, delay) => {
    const endpoint = await makeEndpoint();
    endpoint.status = status;
    endpoint.delayMilliseconds = delay;
    await subscribe(endpoint);
    groupsOf(endpoint).ops.displayName = "Operations";
    await endpoint.tenant.clock.advance(DAY);
    const times = endpoint.delivered.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(4);
    const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
    expect(span).toBeGreaterThan(2 * HOUR);
    expect(span).toBeLessThanOrEqual(4 * HOUR);
    endpoint.tenant.entra.close();
  });

  it("arrives once the endpoint is back", async () => {
    const endpoint = await makeEndpoint();
    endpoint.status = 500;
    await subscribe(endpoint);
    groupsOf(endpoint).ops.displayName = "Operations";
    await endpoint.tenant.clock.advance(30 * MINUTE);
    endpoint.status = 202;
    await endpoint.tenant.clock.advance(2 * HOUR);
    const count = endpoint.delivered.length;
    await endpoint.tenant.clock.advance(DAY);
    expect(endpoint.delivered).toHaveLength(count);
    endpoint.tenant.entra.close();
  });
});

describe("a lifecycle notification", () => {
  const lifecycleNotificationUrl = "https://hooks.example.com/lifecycle";

  it("asks once for reauthorization before the subscription ends, and again after a renewal", async () => {
    const endpoint = await makeEndpoint();
    const { clock } = endpoint.tenant;
    const id = await subscribe(endpoint, { lifecycleNotificationUrl });
    await clock.advance(18 * DAY);
    expect(endpoint.delivered).toEqual([]);
    await clock.advance(DAY + HOUR);
    expect(endpoint.delivered).toMatchObject([
      {
        path: "/lifecycle",
        value: [
          { lifecycleEvent: "reauthorizationRequired", subscriptionId: id, clientState: "shared-secret" },
        ],
      },
    ]);
    const expirationDateTime = new Date(clock.now() + 5 * DAY).toISOString();
    await endpoint.tenant.call("PATCH", `/subscriptions/${id}`, { body: { expirationDateTime } });
    await clock.advance(4 * DAY + HOUR);
    expect(endpoint.delivered).toHaveLength(2);
    endpoint.tenant.entra.close();
  });

  it("is not sent to who reauthorized, nor without a lifecycle address", async () => {
    const endpoint = await makeEndpoint();
    const id = await subscribe(endpoint, { lifecycleNotificationUrl });
    await subscribe(endpoint);
    await endpoint.tenant.call("POST", `/subscriptions/${id}/reauthorize`);
    await endpoint.tenant.clock.advance(21 * DAY);
    expect(endpoint.delivered).toEqual([]);
    expect(endpoint.tenant.clock.sleeping()).toBe(0);
  });
});
