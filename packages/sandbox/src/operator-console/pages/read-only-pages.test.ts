import { describe, expect, it } from "vitest";
import { makeGroup, makePermissionSet, makeUser } from "../../../test-support/test-sandbox.ts";
import { makeConsoleVisitor } from "../../../test-support/console-visitor.ts";

/** Ada is an admin, and so has Admin in Dev. */
async function withAccess() {
  const visitor = makeConsoleVisitor();
  const { test } = visitor;
  visitor.connect();
  const [userId, groupId] = [makeUser(test), makeGroup(test, "Admins & <co>")];
  test.sandbox.states.identityStore.addMember(groupId, userId);
  const PermissionSetArn = await makePermissionSet(test, "Admin");
  const target = { TargetType: "AWS_ACCOUNT", TargetId: "222222222222", PermissionSetArn };
  await test.sso("CreateAccountAssignment", { ...target, PrincipalType: "GROUP", PrincipalId: groupId });
  await test.clock.advance(300_000);
  return { ...visitor, userId, groupId };
}

describe("the dashboard", () => {
  it("says how far the setup is", async () => {
    expect((await makeConsoleVisitor().get("")).text).toMatch(/Identity Center directory.*0 assignments/);
    const { get } = await withAccess();
    expect((await get("/")).text).toMatch(
      /Done External identity provider.*1 user, 1 group.*Done 1 assignment/,
    );
  });
});

describe("AWS accounts", () => {
  it("show the organization with states and the assignments that are in force", async () => {
    const { text } = await (await withAccess()).get("/accounts");
    expect(text).toMatch(/24 accounts with 1 assignment in force/);
    expect(text).toMatch(/Dev 222222222222 1 assignment .*Old 444444444444 SUSPENDED 0 assignments/);
  });

  it("show who has which permission sets in one account; names are text", async () => {
    const { html, text } = await (await withAccess()).get("/accounts/222222222222");
    expect(text).toMatch(/Admins &amp; &lt;co&gt; Group Admin/);
    expect(html).not.toContain("<co>");
    expect((await makeConsoleVisitor().get("/accounts/999999999999")).status).toBe(404);
  });
});

describe("users and groups", () => {
  it("lead to each other", async () => {
    const { get, userId, groupId } = await withAccess();
    expect((await get("/users")).html).toContain(`/console/users/${userId}`);
    expect((await get(`/users/${userId}`)).html).toContain(`/console/groups/${groupId}`);
    expect((await get(`/groups/${groupId}`)).html).toContain(`/console/users/${userId}`);
    expect((await get("/groups/none")).status).toBe(404);
  });

  it("are found by name and come fifty a page", async () => {
    const { get, test } = makeConsoleVisitor();
    for (let number = 10; number < 70; number += 1) makeUser(test, `user${number}@contoso.com`);
    expect((await get("/users")).text).toMatch(/60 users.*user10@.*user59@contoso\.com.*Page 1 of 2 Next/);
    expect((await get("/users?page=2")).text).toMatch(/user60@.*user69@.*Previous Page 2 of 2/);
    expect((await get("/users?page=99")).text).toContain("Page 2 of 2");
    expect((await get("/users?q=USER1")).text).toMatch(/10 users.*user10@.*user19@/);
    expect((await get("/users?q=%22%3E%3Cb%3E")).html).not.toContain("<b>");
  });
});

describe("the AWS access portal", () => {
  it("asks who signs in and shows the accounts of that person", async () => {
    const { get } = await withAccess();
    expect((await get("/portal")).text).toContain("https://sts.windows.net/t/");
    expect((await get("/portal?userName=ada%40contoso.com")).text).toMatch(
      /Signed in as ada@contoso\.com : 1 account .*Dev 222222222222 Admin/,
    );
  });

  it("says why somebody cannot sign in", async () => {
    const { get, connect } = makeConsoleVisitor();
    expect(await get("/portal?userName=ada")).toMatchObject({ status: 409 });
    connect();
    const { status, text } = await get("/portal?userName=ada");
    expect(status).toBe(404);
    expect(text).toContain("Choose a user who was provisioned");
  });
});

describe("Microsoft Entra", () => {
  it("has no metadata for an application that it does not have", async () => {
    const { get } = makeConsoleVisitor();
    expect((await get("/entra")).text).toContain("no enterprise application yet");
    expect((await get("/entra/none/federation-metadata.xml")).status).toBe(404);
  });
});

describe("an address that is none", () => {
  it("is a page that leads back, or JSON below /api", async () => {
    const { get } = makeConsoleVisitor();
    const page = await get("/setings");
    expect(page.status).toBe(404);
    expect(page.html).toContain('href="/console"');
    expect(JSON.parse((await get("/api/setings")).html)).toMatchObject({ error: "ConsoleRefusal" });
  });
});
