import { describe, expect, it } from "vitest";
import { type Answer, type TestTenant, makeTestTenant, read } from "../../../../test-support/test-tenant.ts";

const DAY = 86_400_000;
const ORIGIN = "https://graph.microsoft.com/v1.0";
const people = Array.from({ length: 250 }, (_, index) => ({
  userPrincipalName: `user${index}@contoso.com`,
  displayName: `User ${index}`,
}));
const file = {
  users: people,
  groups: [
    { name: "Everyone", users: people.map(({ userPrincipalName }) => userPrincipalName) },
    { name: "Ops", users: ["user1@contoso.com"], groups: ["Dev"] },
    { name: "Dev", users: ["user2@contoso.com"] },
  ],
};

type Entry = Readonly<Record<string, unknown>> & { readonly id: string };

interface Round {
  readonly pages: Entry[][];
  readonly entries: Entry[];
  readonly deltaLink: string;
}

/** Follows the links from a path or an absolute link to the end of the round. */
async function readRound(tenant: TestTenant, start: string): Promise<Round> {
  const pages: Entry[][] = [];
  for (let path = start; ;) {
    const answer = await tenant.call("GET", path.replace(ORIGIN, ""));
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    const body = answer.body as Record<string, string> & { value: Entry[] };
    pages.push(body.value);
    const deltaLink = body["@odata.deltaLink"];
    if (deltaLink) return { pages, entries: pages.flat(), deltaLink };
    path = body["@odata.nextLink"] ?? "";
  }
}

function members(entries: readonly Entry[], id: string): Entry[] {
  return entries
    .filter((entry) => entry.id === id)
    .flatMap((entry) => (entry["members@delta"] ?? []) as Entry[]);
}

function refusalOf({ status, body }: Answer) {
  return { status, code: (body as { error: { code: string } }).error.code };
}

async function makeTenant() {
  const tenant = await makeTestTenant(file);
  const [everyone, ops, dev] = tenant.entra.groups();
  const [user0, user1] = tenant.entra.users();
  if (!everyone || !ops || !dev || !user0 || !user1) throw new Error("The file has groups and users.");
  return { tenant, everyone, ops, dev, user0, user1, directory: tenant.entra.directory };
}

describe("the first round of a delta query", () => {
  it("tells every group with its members, a large one over several pages and a nested one by its type", async () => {
    const { tenant, everyone, ops, dev } = await makeTenant();
    const { pages, entries } = await readRound(tenant, "/groups/delta");
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
    expect(new Set(members(entries, everyone.id).map(({ id }) => id)).size).toBe(250);
    const pagesWithIt = pages.filter((page) => page.some(({ id }) => id === everyone.id));
    expect(pagesWithIt.length).toBeGreaterThanOrEqual(3);
    for (const page of pages) expect(new Set(page.map(({ id }) => id)).size).toBe(page.length);
    expect(members(entries, ops.id)).toContainEqual({ "@odata.type": "#microsoft.graph.group", id: dev.id });
  });

  it("of users comes in pages, with the selected properties", async () => {
    const { tenant } = await makeTenant();
    const { pages, entries } = await readRound(tenant, "/users/delta?$select=displayName,accountEnabled");
    expect(pages.length).toBeGreaterThanOrEqual(3);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(250);
    expect(entries[0]).toEqual({ id: expect.any(String), displayName: "User 0", accountEnabled: true });
  });

  it("is left out by $deltatoken=latest", async () => {
    const { tenant, ops } = await makeTenant();
    const { entries, deltaLink } = await readRound(tenant, "/groups/delta?$deltatoken=latest");
    expect(entries).toEqual([]);
    ops.displayName = "Operations";
    const next = await readRound(tenant, deltaLink);
    expect(next.entries[0]).toMatchObject({ id: ops.id, displayName: "Operations" });
  });
});

describe("a later round", () => {
  it("tells only what changed in the live objects, members as added and removed", async () => {
    const { tenant, ops, user0, user1 } = await makeTenant();
    const { deltaLink } = await readRound(tenant, "/groups/delta");
    expect((await readRound(tenant, deltaLink)).entries).toEqual([]);

    ops.userIds.add(user0.id);
    ops.userIds.delete(user1.id);
    const { entries } = await readRound(tenant, deltaLink);
    expect(new Set(entries.map(({ id }) => id))).toEqual(new Set([ops.id]));
    expect(entries[0]?.["members@delta"]).toEqual([
      { "@odata.type": "#microsoft.graph.user", id: user0.id },
      { "@odata.type": "#microsoft.graph.user", id: user1.id, "@removed": { reason: "deleted" } },
    ]);
  });

  it("tracks only the selected properties", async () => {
    const { tenant, ops, user0 } = await makeTenant();
    const names = await readRound(tenant, "/groups/delta?$select=displayName");
    const memberships = await readRound(tenant, "/groups/delta?$select=members");
    ops.userIds.add(user0.id);
    expect((await readRound(tenant, names.deltaLink)).entries).toEqual([]);
    const [entry] = (await readRound(tenant, memberships.deltaLink)).entries;
    expect(entry).toEqual({ id: ops.id, "members@delta": [expect.objectContaining({ id: user0.id })] });
  });

  it("tells a soft deletion as changed, a restored object in full, a purged one as deleted", async () => {
    const { tenant, dev, directory } = await makeTenant();
    const first = await readRound(tenant, "/groups/delta?$select=displayName");
    directory.remove(dev.id);
    const removed = await readRound(tenant, first.deltaLink);
    expect(removed.entries[0]).toEqual({ id: dev.id, "@removed": { reason: "changed" } });

    directory.restore(dev.id);
    const restored = await readRound(tenant, removed.deltaLink);
    expect(restored.entries[0]).toEqual({ id: dev.id, displayName: "Dev" });

    directory.remove(dev.id);
    const again = await readRound(tenant, restored.deltaLink);
    directory.purge(dev.id);
    const purged = await readRound(tenant, again.deltaLink);
    expect(purged.entries[0]).toEqual({ id: dev.id, "@removed": { reason: "deleted" } });
  });

  it("tells the groups of a deleted user that it is no member any more", async () => {
    const { tenant, ops, user1, directory } = await makeTenant();
    const { deltaLink } = await readRound(tenant, "/groups/delta");
    directory.remove(user1.id);
    const { entries } = await readRound(tenant, deltaLink);
    const removed = {
      "@odata.type": "#microsoft.graph.user",
      id: user1.id,
      "@removed": { reason: "deleted" },
    };
    expect(members(entries, ops.id)).toContainEqual(removed);
  });

  it("follows the filtered objects only", async () => {
    const { tenant, ops, dev, everyone } = await makeTenant();
    const filter = `$select=displayName&$filter=id eq '${ops.id}' or id eq '${dev.id}'`;
    const { entries, deltaLink } = await readRound(tenant, `/groups/delta?${filter}`);
    expect(new Set(entries.map(({ id }) => id))).toEqual(new Set([ops.id, dev.id]));
    everyone.displayName = "All";
    dev.displayName = "Developers";
    const later = await readRound(tenant, deltaLink);
    expect(new Set(later.entries.map(({ id }) => id))).toEqual(new Set([dev.id]));
  });

  it("may repeat an entry, on another page", async () => {
    const { tenant } = await makeTenant();
    const { entries } = await readRound(tenant, "/users/delta");
    expect(entries.length).toBeGreaterThan(250);
  });
});

describe("a delta token", () => {
  it("can be used again, and is good for seven days", async () => {
    const { tenant, ops } = await makeTenant();
    const { deltaLink } = await readRound(tenant, "/groups/delta?$select=displayName");
    ops.displayName = "Operations";
    await tenant.clock.advance(7 * DAY - 1000);
    for (let times = 0; times < 2; times += 1) {
      expect((await readRound(tenant, deltaLink)).entries[0]).toMatchObject({ id: ops.id });
    }
    await tenant.clock.advance(1000);
    const answer = await tenant.call("GET", deltaLink.replace(ORIGIN, ""));
    expect(refusalOf(answer)).toEqual({ status: 410, code: "syncStateNotFound" });
    const location = answer.headers.get("location") ?? "";
    expect(location).toBe(`${ORIGIN}/groups/delta?$deltaToken=`);
    expect(new Set((await readRound(tenant, location)).entries.map(({ id }) => id)).size).toBe(3);
  });

  it("expires on the way too", async () => {
    const { tenant } = await makeTenant();
    const first = await tenant.call("GET", "/users/delta");
    const nextLink = (first.body as Record<string, string>)["@odata.nextLink"] ?? "";
    await tenant.clock.advance(8 * DAY);
    expect((await tenant.call("GET", nextLink.replace(ORIGIN, ""))).status).toBe(410);
  });

  it("that was never issued is refused", async () => {
    const { tenant } = await makeTenant();
    expect((await tenant.call("GET", "/groups/delta?$deltatoken=made-up")).status).toBe(400);
  });
});

describe("query options of a delta query", () => {
  it.each(["$top=5", "$expand=members", "$orderby=displayName"])("do not include %s", async (option) => {
    const { tenant } = await makeTenant();
    for (const collection of ["users", "groups"]) {
      const answer = await tenant.call("GET", `/${collection}/delta?${option}`);
      expect(refusalOf(answer)).toEqual({ status: 400, code: "Request_UnsupportedQuery" });
    }
  });

  it("filter by nothing but ids, and track what the sandbox has", async () => {
    const { tenant } = await makeTenant();
    const byName = await tenant.call("GET", "/groups/delta?$filter=displayName eq 'Ops'");
    expect(refusalOf(byName)).toEqual({ status: 400, code: "Request_BadRequest" });
    const manager = await tenant.call("GET", "/users/delta?$select=manager");
    expect(refusalOf(manager)).toEqual({ status: 501, code: "NotImplemented" });
    expect(read(manager, "error.message")).toContain("packages/sandbox/src/entra/coverage.md");
  });
});
