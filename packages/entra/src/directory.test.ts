import { describe, expect, it } from "vitest";
import { entraOn, fakeCredential, refusal } from "../test-support/fake-graph.ts";

const P1 = "41781fb2-bc02-4b7c-bd55-b576c07bb09d";
const alice = {
  "@odata.type": "#microsoft.graph.user",
  id: "u-1",
  userPrincipalName: "alice@contoso.com",
  displayName: "Alice",
  givenName: "Alice",
  surname: null,
  accountEnabled: true,
};
const platform = { id: "g-1", displayName: "Platform", securityEnabled: true };
const nested = { "@odata.type": "#microsoft.graph.group", ...platform, id: "g-2" };

function organization(servicePlanId: string, capabilityStatus: string) {
  const assignedPlans = [{ service: "AADPremiumService", servicePlanId, capabilityStatus }];
  return { "GET /organization": { value: [{ id: "t-1", displayName: "Contoso", assignedPlans }] } };
}

describe("the tenant", () => {
  it("can assign groups when Entra ID P1 is enabled", async () => {
    const { directory, requests } = entraOn(organization(P1, "Enabled"));
    expect(await directory.readTenant()).toEqual({
      tenantId: "t-1",
      displayName: "Contoso",
      canAssignGroups: true,
    });
    expect(requests[0]?.query).toEqual({ $select: "id,displayName,assignedPlans" });
  });

  it("cannot with another plan or a suspended one", async () => {
    const suspended = await entraOn(organization(P1, "Suspended")).directory.readTenant();
    const other = await entraOn(organization(P1.replace(/.$/, "0"), "Enabled")).directory.readTenant();
    expect([suspended.canAssignGroups, other.canAssignGroups]).toEqual([false, false]);
  });

  it("leaves the question open when Graph hides the plans", async () => {
    const { directory } = entraOn({
      "GET /organization": { value: [{ id: "t-1", displayName: "Contoso" }] },
    });
    expect((await directory.readTenant()).canAssignGroups).toBeNull();
  });

  it("is an incomplete read when Graph answers without one", async () => {
    const { directory } = entraOn({ "GET /organization": { value: [] } });
    await expect(directory.readTenant()).rejects.toMatchObject({ name: "IncompleteRead" });
  });
});

describe("granted permissions", () => {
  it("are the roles in the access token", async () => {
    const { directory } = entraOn({}, fakeCredential({ roles: ["User.Read.All", "Group.Read.All"] }));
    expect(await directory.grantedPermissions()).toEqual(["User.Read.All", "Group.Read.All"]);
  });

  it("are none when the token has no roles", async () => {
    expect(await entraOn({}, fakeCredential({})).directory.grantedPermissions()).toEqual([]);
  });

  it("never quotes a token that it cannot read", async () => {
    const credential = { getToken: async () => "canary-token" };
    const failure = await entraOn({}, credential).directory.grantedPermissions().catch(String);
    expect(failure).toContain("IncompleteRead");
    expect(failure).not.toContain("canary");
  });
});

describe("groups by name", () => {
  it("are those of exactly that name, though Graph ignores case", async () => {
    const { directory } = entraOn({
      "GET /groups": { value: [platform, { ...platform, id: "g-9", displayName: "platform" }] },
    });
    const found = await directory.findGroupsByName("Platform");
    expect(found).toEqual([{ ...platform, memberUserIds: [], memberGroupIds: [] }]);
  });

  it("doubles quotes, so that a name cannot leave its literal", async () => {
    const { directory, requests } = entraOn({ "GET /groups": { value: [] } });
    await directory.findGroupsByName("O'Brien & Sons' or 1 eq 1?");
    expect(requests[0]?.query["$filter"]).toBe("displayName eq 'O''Brien & Sons'' or 1 eq 1?'");
  });
});

describe("groups by the beginning of their names", () => {
  it("are listed over all pages, up to as many as asked for", async () => {
    const pages = [
      { value: [platform], "@odata.nextLink": "https://graph.microsoft.com/v1.0/groups?$skiptoken=2" },
      { value: [{ ...platform, id: "g-3" }] },
    ];
    const { directory, requests } = entraOn({ "GET /groups": pages });
    const found = await directory.findGroupsByBeginning("Pla'", 10);
    expect(found.map(({ id }) => id)).toEqual(["g-1", "g-3"]);
    expect(requests[0]?.query).toEqual({
      $filter: "startsWith(displayName,'Pla''')",
      $select: "id,displayName,securityEnabled",
      $top: "999",
    });
    expect(await entraOn({ "GET /groups": pages }).directory.findGroupsByBeginning("Pla", 1)).toHaveLength(1);
  });
});

describe("one group or user", () => {
  it("is null when Entra does not know it", async () => {
    const gone = refusal(404, "Request_ResourceNotFound", "Resource 'x' does not exist");
    const { directory } = entraOn({ "GET /groups/x": gone, "GET /users/x": gone });
    expect(await directory.findGroupById("x")).toBeNull();
    expect(await directory.findUser("x")).toBeNull();
  });

  it("finds a guest by a user principal name full of reserved characters", async () => {
    const guest = "bob_fabrikam.com#EXT#@contoso.com";
    const { directory, requests } = entraOn({
      [`GET /users/${encodeURIComponent(guest)}`]: { ...alice, userPrincipalName: guest },
    });
    const user = await directory.findUser(guest);
    expect(user).toEqual({
      id: "u-1",
      userPrincipalName: guest,
      displayName: "Alice",
      givenName: "Alice",
      surname: null,
      accountEnabled: true,
    });
    expect(requests[0]?.query["$select"]).toContain("accountEnabled");
  });
});

describe("members", () => {
  const path = "GET /groups/g-1/members";

  it("are users and groups of all pages; devices are left out", async () => {
    const next = "https://graph.microsoft.com/v1.0/groups/g-1/members?$skiptoken=p2%3D%26";
    const { directory, requests } = entraOn({
      [path]: [
        { value: [alice, { "@odata.type": "#microsoft.graph.device", id: "d-1" }], "@odata.nextLink": next },
        { value: [nested] },
      ],
    });
    const members = await directory.readMembers("g-1");
    expect(members.users.map(({ id }) => id)).toEqual(["u-1"]);
    expect(members.groups.map(({ id }) => id)).toEqual(["g-2"]);
    expect(requests[1]?.url).toBe(next);
  });

  it.each([
    [
      "a user without its properties",
      { "@odata.type": "#microsoft.graph.user", id: "u-2", accountEnabled: null },
    ],
    [
      "a group without its properties",
      { "@odata.type": "#microsoft.graph.group", id: "g-3", displayName: null },
    ],
    ["an object without a type", { id: "u-3" }],
  ])("are an incomplete read with %s", async (_what, member) => {
    const { directory } = entraOn({ [path]: { value: [member] } });
    await expect(directory.readMembers("g-1")).rejects.toMatchObject({ name: "IncompleteRead" });
  });

  it("are an incomplete read when the group has gone meanwhile", async () => {
    const { directory } = entraOn({ [path]: refusal(404, "Request_ResourceNotFound", "gone") });
    await expect(directory.readMembers("g-1")).rejects.toMatchObject({ name: "IncompleteRead" });
  });

  it.each([
    ["leads to another host", "https://graph.example.com/v1.0/groups/g-1/members?$skiptoken=2"],
    ["leads back to a page already read", "https://graph.microsoft.com/v1.0/groups/g-1/members?$skiptoken=1"],
  ])("are an incomplete read when the next page %s", async (_what, next) => {
    const { directory } = entraOn({ [path]: { value: [], "@odata.nextLink": next } });
    await expect(directory.readMembers("g-1")).rejects.toMatchObject({ name: "IncompleteRead" });
  });
});
