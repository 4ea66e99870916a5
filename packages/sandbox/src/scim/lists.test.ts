import { describe, expect, it } from "vitest";
import { makeTestScim } from "../../test-support/scim-client.ts";
import { at, makeGroup, makeUser, textAt } from "../../test-support/test-sandbox.ts";

function filter(text: string): string {
  return `filter=${encodeURIComponent(text)}`;
}

describe("SCIM lists", () => {
  it("without a cursor end at 100 and say that this is all", async () => {
    const scim = makeTestScim();
    for (let index = 0; index < 101; index += 1) makeGroup(scim, `G${index}`);
    const { body } = await scim.send("GET", "/Groups");
    expect(body).toMatchObject({ totalResults: 100, itemsPerPage: 100, startIndex: 1 });
    expect(at(body, "Resources.0.members")).toEqual([]);
  });

  it("with a cursor give every resource once, and no total", async () => {
    const scim = makeTestScim();
    for (let index = 0; index < 5; index += 1) makeUser(scim, `user${index}@contoso.com`);
    const names: unknown[] = [];
    let query = "cursor&count=2";
    for (let page = 0; page < 3; page += 1) {
      const { body } = await scim.send("GET", `/Users?${query}`);
      expect(body).not.toHaveProperty("totalResults");
      for (const user of body["Resources"] as Record<string, unknown>[]) names.push(user["userName"]);
      query = `cursor=${String(body["nextCursor"])}&count=2`;
    }
    expect(query).toBe("cursor=undefined&count=2");
    expect(names).toEqual([0, 1, 2, 3, 4].map((index) => `user${index}@contoso.com`));
  });

  it("refuse a cursor when the filter changed in between", async () => {
    const scim = makeTestScim();
    makeUser(scim, "a@x.org");
    makeUser(scim, "b@x.org");
    const cursor = textAt((await scim.send("GET", "/Users?cursor&count=1")).body, "nextCursor");
    expect(
      (await scim.send("GET", `/Users?cursor=${cursor}&${filter('userName eq "a@x.org"')}`)).status,
    ).toBe(400);
  });

  it("refuse the cursor of a filter once the filter is left out", async () => {
    const scim = makeTestScim();
    const groupId = makeGroup(scim);
    const { identityStore } = scim.sandbox.states;
    for (const name of ["a@x.org", "b@x.org"]) identityStore.addMember(groupId, makeUser(scim, name));
    const members = filter(`groups.value eq "${groupId}"`);
    const first = await scim.send("GET", `/Users?cursor&count=1&${members}`);
    const cursor = textAt(first.body, "nextCursor");
    expect((await scim.send("GET", `/Users?cursor=${cursor}`)).status).toBe(400);
    const rest = await scim.send("GET", `/Users?cursor=${cursor}&${members}`);
    expect(at(rest.body, "Resources.0.userName")).toBe("b@x.org");
  });

  it("refuse a cursor of the other list", async () => {
    const scim = makeTestScim();
    makeUser(scim, "a@x.org");
    makeUser(scim, "b@x.org");
    const cursor = textAt((await scim.send("GET", "/Users?cursor&count=1")).body, "nextCursor");
    expect((await scim.send("GET", `/Groups?cursor=${cursor}`)).status).toBe(400);
  });

  it("filter users by name whatever the case, and find nobody as an empty list", async () => {
    const scim = makeTestScim();
    makeUser(scim, "ada@contoso.com");
    const found = await scim.send("GET", `/Users?${filter('userName eq "ADA@contoso.com"')}`);
    expect(at(found.body, "Resources.0.userName")).toBe("ada@contoso.com");
    const none = await scim.send("GET", `/Users?${filter('userName eq "nobody"')}`);
    expect(none).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } });
  });

  it("filter by membership both ways", async () => {
    const scim = makeTestScim();
    const [userId, groupId] = [makeUser(scim), makeGroup(scim)];
    scim.sandbox.states.identityStore.addMember(groupId, userId);
    const users = await scim.send("GET", `/Users?${filter(`groups.value eq "${groupId}"`)}`);
    expect(at(users.body, "Resources.0.id")).toBe(userId);
    const groups = await scim.send(
      "GET",
      `/Groups?${filter(`id eq "${groupId}" and members eq "${userId}"`)}`,
    );
    expect(at(groups.body, "Resources.0.id")).toBe(groupId);
    const stranger = await scim.send("GET", `/Groups?${filter('members.value eq "nobody"')}`);
    expect(stranger.status).toBe(404);
  });

  it.each([
    'userName sw "a"',
    'userName eq "a" or userName eq "b"',
    'displayName eq "a"',
    "userName eq a",
    'userName eq "a" and externalId eq "b"',
    'userName eq "a',
  ])("refuse the filter %s", async (text) => {
    const { status, reason } = await makeTestScim().send("GET", `/Users?${filter(text)}`);
    expect({ status, reason }).toEqual({ status: 400, reason: "Invalid Filter format" });
  });

  it.each(["count=0", "count=101", "count=x", "page=2"])("refuse the query %s", async (query) => {
    expect((await makeTestScim().send("GET", `/Users?${query}`)).status).toBe(400);
  });
});
