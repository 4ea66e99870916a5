import { describe, expect, it } from "vitest";
import { type Answer, makeTestTenant } from "../../../test-support/test-tenant.ts";

const file = {
  users: [
    { userPrincipalName: "ada@contoso.com", displayName: "Ada Lovelace", givenName: "Ada" },
    { userPrincipalName: "bo@contoso.com", displayName: "Bo Diddley", enabled: false },
    { userPrincipalName: "cy@fabrikam.com", displayName: "Cy Coleman", userType: "Guest" },
  ],
  groups: [
    { name: "Ops Europe", users: ["ada@contoso.com"] },
    { name: "Ops America" },
    { name: "All staff", groupTypes: ["Unified"], description: "Everyone in ops and sales" },
    { name: "Dev", groupTypes: ["DynamicMembership"], membershipRule: 'user.department -eq "Dev"' },
    { name: "Admins", isAssignableToRole: true },
    { name: "News", securityEnabled: false },
  ],
};

function names({ body }: Answer): unknown[] {
  return (body as { value: { displayName: unknown }[] }).value.map(({ displayName }) => displayName);
}

const eventual = { headers: { ConsistencyLevel: "eventual" } };

describe("a filter", () => {
  it.each([
    ["/groups", "startswith(displayName,'ops')", ["Ops Europe", "Ops America"]],
    ["/groups", "displayName eq 'Dev' or displayName eq 'News'", ["Dev", "News"]],
    ["/groups", "displayName in ('Dev', 'Admins')", ["Dev", "Admins"]],
    ["/groups", "groupTypes/any(c:c eq 'Unified')", ["All staff", "News"]],
    ["/groups", "groupTypes/any(c:c eq 'Unified') and securityEnabled eq true", ["All staff"]],
    ["/groups", "isAssignableToRole eq true", ["Admins"]],
    ["/groups", "(displayName eq 'Dev' or displayName eq 'News') and mailEnabled eq true", ["News"]],
    ["/users", "accountEnabled eq false", ["Bo Diddley"]],
    ["/users", "userType eq 'Guest'", ["Cy Coleman"]],
    ["/users", "givenName eq null", ["Bo Diddley", "Cy Coleman"]],
  ])("on %s of %s finds %j", async (path, filter, found) => {
    const tenant = await makeTestTenant(file);
    expect(names(await tenant.call("GET", `${path}?$filter=${encodeURIComponent(filter)}`))).toEqual(found);
  });

  it.each(["not(accountEnabled eq true)", "accountEnabled ne true", "endswith(mail,'@fabrikam.com')"])(
    "of %s needs the header and $count=true",
    async (filter) => {
      const tenant = await makeTestTenant(file);
      const path = `/users?$filter=${encodeURIComponent(filter)}`;
      const refused = { status: 400, body: { error: { code: "Request_UnsupportedQuery" } } };
      expect(await tenant.call("GET", path)).toMatchObject(refused);
      expect(await tenant.call("GET", path, eventual)).toMatchObject(refused);
      const answer = await tenant.call("GET", `${path}&$count=true`, eventual);
      expect(answer).toMatchObject({ status: 200, body: { "@odata.count": 1 } });
    },
  );

  it.each(["displayName eq", "displayName eq 'A' 'B'", "(displayName eq 'A'", "displayName eq 'A", "eq"])(
    "that reads %s is refused as malformed",
    async (filter) => {
      const tenant = await makeTestTenant(file);
      const answer = await tenant.call("GET", `/groups?$filter=${encodeURIComponent(filter)}`);
      expect(answer).toMatchObject({ status: 400, body: { error: { code: "Request_BadRequest" } } });
    },
  );
});

describe("what is not imitated", () => {
  it.each([
    "$filter=description eq 'A'",
    "$filter=displayName ge 'A'",
    "$filter=contains(displayName,'A')",
    "$filter=constructor eq 'A'",
    "$expand=members",
    "$select=id,department",
    "$select=toString",
    "$orderby=description",
    "$skip=3",
  ])("%s is refused and names the coverage page", async (query) => {
    const tenant = await makeTestTenant(file);
    const { status, body } = await tenant.call("GET", `/groups?${query}`);
    expect(status).toBe(501);
    const message: unknown = expect.stringContaining("packages/sandbox/src/entra/coverage.md");
    expect(body).toMatchObject({ error: { code: "NotImplemented", message } });
  });
});

describe("a search", () => {
  it("finds words by their beginning, with the header only", async () => {
    const tenant = await makeTestTenant(file);
    const path = '/groups?$search="description:sal"';
    expect((await tenant.call("GET", path)).status).toBe(400);
    expect(names(await tenant.call("GET", path, eventual))).toEqual(["All staff"]);
    expect(names(await tenant.call("GET", '/groups?$search="displayName:europ"', eventual))).toEqual([
      "Ops Europe",
    ]);
    expect(names(await tenant.call("GET", '/groups?$search="displayName:urope"', eventual))).toEqual([]);
  });
});

describe("sorting and counting", () => {
  it("sorts both ways; together with a filter it needs the header", async () => {
    const tenant = await makeTestTenant(file);
    const sorted = names(await tenant.call("GET", "/users?$orderby=displayName desc"));
    expect(sorted).toEqual(["Cy Coleman", "Bo Diddley", "Ada Lovelace"]);
    const filtered = "/groups?$filter=startswith(displayName,'Ops')&$orderby=displayName";
    expect((await tenant.call("GET", filtered)).status).toBe(400);
    const answer = await tenant.call("GET", `${filtered}&$count=true`, eventual);
    expect(names(answer)).toEqual(["Ops America", "Ops Europe"]);
  });

  it("counts only with the header", async () => {
    const tenant = await makeTestTenant(file);
    const plain = await tenant.call("GET", "/groups?$count=true");
    expect(plain.body).not.toHaveProperty("@odata.count");
    const counted = await tenant.call("GET", "/groups?$count=true&$top=2", eventual);
    expect(counted.body).toMatchObject({ "@odata.count": 6, value: [{}, {}] });
  });
});

describe("groups", () => {
  it("tell security groups from Microsoft 365 groups, dynamic and role-assignable ones", async () => {
    const tenant = await makeTestTenant(file);
    const { body } = await tenant.call("GET", "/groups");
    const plain = { groupTypes: [], securityEnabled: true, mailEnabled: false, isAssignableToRole: null };
    expect(body).toMatchObject({
      value: [
        plain,
        plain,
        { groupTypes: ["Unified"], securityEnabled: true, mailEnabled: true },
        { groupTypes: ["DynamicMembership"], membershipRule: 'user.department -eq "Dev"' },
        { isAssignableToRole: true, securityEnabled: true },
        { groupTypes: ["Unified"], securityEnabled: false, mailEnabled: true },
      ],
    });
  });

  it.each([
    [{ name: "A", membershipRule: "user.x -eq 1" }, /membershipRule/],
    [{ name: "A", groupTypes: ["DynamicMembership"] }, /membershipRule/],
    [{ name: "A", isAssignableToRole: true, securityEnabled: false }, /assignable to roles/],
    [{ name: "A", isAssignableToRole: true, groups: ["A"] }, /no nested groups/],
  ])("cannot be seeded against Entra's rules: %j", async (group, why) => {
    await expect(makeTestTenant({ groups: [group] })).rejects.toThrow(why);
  });
});
