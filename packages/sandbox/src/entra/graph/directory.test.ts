import { describe, expect, it } from "vitest";
import { type Answer, makeTestTenant, read } from "../../../test-support/test-tenant.ts";

const people = Array.from({ length: 250 }, (_, index) => ({
  userPrincipalName: `user${index}@contoso.com`,
  displayName: `User ${index}`,
}));
const file = {
  users: people,
  groups: [
    { name: "Everyone", users: people.map(({ userPrincipalName }) => userPrincipalName) },
    { name: "Admins", users: ["user1@contoso.com"], groups: ["Ops"] },
    { name: "Ops", users: ["user1@contoso.com", "user2@contoso.com"], groups: ["Admins"] },
    { name: "O'Brien's" },
    { name: "Twins" },
    { name: "Twins", id: "0f3c2f8e-6b0e-4f0a-9a34-2f9d5f2f7a11" },
  ],
};

function values({ body }: Answer): Record<string, unknown>[] {
  return (body as { value: Record<string, unknown>[] }).value;
}

async function idOf(tenant: Awaited<ReturnType<typeof makeTestTenant>>, name: string): Promise<string> {
  return read(await tenant.call("GET", `/groups?$filter=displayName eq '${name}'`), "value.0.id");
}

describe("paging", () => {
  it("links pages of 100 absolutely, keeping the request's options, until nothing remains", async () => {
    const tenant = await makeTestTenant(file);
    const seen: unknown[] = [];
    let path = `/groups/${await idOf(tenant, "Everyone")}/members?$select=id,userPrincipalName`;
    for (let pages = 0; path; pages += 1) {
      const page = await tenant.call("GET", path);
      seen.push(...values(page).map(({ userPrincipalName }) => userPrincipalName));
      const link = (page.body as Record<string, string>)["@odata.nextLink"];
      expect(link === undefined).toBe(pages === 2);
      if (link) expect(link).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/groups\//);
      path = link?.slice("https://graph.microsoft.com/v1.0".length) ?? "";
    }
    expect(new Set(seen).size).toBe(250);
  });

  it("takes $top up to 999", async () => {
    const tenant = await makeTestTenant(file);
    expect(values(await tenant.call("GET", "/users?$top=999"))).toHaveLength(250);
    expect((await tenant.call("GET", "/users?$top=1000")).status).toBe(400);
  });
});

describe("filters", () => {
  it("find names regardless of case, with doubled quotes, and every group of a name", async () => {
    const tenant = await makeTestTenant(file);
    const named = async (name: string) =>
      values(await tenant.call("GET", `/groups?$filter=displayName eq '${name}'`));
    expect(await named("o''brien''s")).toMatchObject([{ displayName: "O'Brien's" }]);
    expect(await named("Twins")).toHaveLength(2);
    expect(await named("Nobody")).toEqual([]);
  });
});

describe("members", () => {
  it("are users and groups, told apart by type; descendants only transitively", async () => {
    const tenant = await makeTestTenant(file);
    const path = `/groups/${await idOf(tenant, "Admins")}`;
    const direct = values(await tenant.call("GET", `${path}/members`));
    expect(direct.map((one) => [one["@odata.type"], one["displayName"]])).toEqual([
      ["#microsoft.graph.user", "User 1"],
      ["#microsoft.graph.group", "Ops"],
    ]);
    const all = values(await tenant.call("GET", `${path}/transitiveMembers`));
    expect(all.map(({ displayName }) => displayName)).toEqual(["User 1", "User 2", "Ops"]);
  });

  it("are cast and counted only as an advanced query", async () => {
    const tenant = await makeTestTenant(file);
    const path = `/groups/${await idOf(tenant, "Admins")}/transitiveMembers`;
    const headers = { ConsistencyLevel: "eventual" };
    const cast = `${path}/microsoft.graph.user`;
    expect((await tenant.call("GET", cast)).status).toBe(400);
    expect((await tenant.call("GET", cast, { headers })).status).toBe(400);
    const users = await tenant.call("GET", `${cast}?$count=true`, { headers });
    expect(users.body).toMatchObject({ "@odata.count": 2, value: [{ displayName: "User 1" }, {}] });
    expect((await tenant.call("GET", `${path}/$count`)).status).toBe(400);
    expect((await tenant.call("GET", `${path}/$count`, { headers })).body).toBe("3");
  });

  it("show no more than id and type of users to a client that may not read users", async () => {
    const tenant = await makeTestTenant(file);
    const id = await idOf(tenant, "Admins");
    tenant.entra.grant(["GroupMember.Read.All"]);
    await tenant.signIn();
    const [user] = values(await tenant.call("GET", `/groups/${id}/members`));
    expect(user).toMatchObject({ "@odata.type": "#microsoft.graph.user", userPrincipalName: null });
    expect(user?.["id"]).toBeTruthy();
  });
});

describe("users", () => {
  it("are found by sign-in name or id, and show accountEnabled only when it is selected", async () => {
    const tenant = await makeTestTenant(file);
    const byName = await tenant.call("GET", "/users/USER7@contoso.com");
    expect(byName.body).toMatchObject({ displayName: "User 7" });
    expect(byName.body).not.toHaveProperty("accountEnabled");
    const byId = await tenant.call("GET", `/users/${read(byName, "id")}?$select=id,accountEnabled`);
    expect(byId.body).toMatchObject({ accountEnabled: true });
    expect(byId.body).not.toHaveProperty("displayName");
  });
});

describe("a directory file", () => {
  it.each([
    [{ groups: [{ name: "A", users: ["ghost@contoso.com"] }] }, /ghost@contoso.com/],
    [{ groups: [{ name: "A", groups: ["Ghosts"] }] }, /"Ghosts", which is not among the groups/],
    [{ groups: [{ name: "A", groups: ["B"] }, { name: "B" }, { name: "B" }] }, /several groups: give its id/],
  ])("is refused when a member is not, or not clearly, in it (%#)", async (wrong, message) => {
    await expect(makeTestTenant(wrong)).rejects.toThrow(message);
  });
});
