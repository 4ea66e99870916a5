import { describe, expect, it } from "vitest";
import { at, makePermissionSet, makeTestSandbox } from "../../test-support/test-sandbox.ts";

describe("permission sets", () => {
  it("are described as created, with one hour when no session duration is given", async () => {
    const test = makeTestSandbox();
    const PermissionSetArn = await makePermissionSet(test, "ReadOnly");
    const { body } = await test.sso("DescribePermissionSet", { PermissionSetArn });
    expect(body["PermissionSet"]).toMatchObject({ Name: "ReadOnly", SessionDuration: "PT1H" });
    expect(PermissionSetArn).toMatch(/^arn:aws:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/);
  });

  it("keep on an update what the update does not name", async () => {
    const test = makeTestSandbox();
    const PermissionSetArn = await makePermissionSet(test);
    await test.sso("UpdatePermissionSet", { PermissionSetArn, Description: "For admins" });
    await test.sso("UpdatePermissionSet", { PermissionSetArn, SessionDuration: "PT4H" });
    const { body } = await test.sso("DescribePermissionSet", { PermissionSetArn });
    expect(body["PermissionSet"]).toMatchObject({ Description: "For admins", SessionDuration: "PT4H" });
  });

  it("have a name of their own", async () => {
    const test = makeTestSandbox();
    await makePermissionSet(test, "Admin");
    expect((await test.sso("CreatePermissionSet", { Name: "Admin" })).error).toBe("ConflictException");
  });

  it.each([
    ["no name", {}],
    ["a name over 32 characters", { Name: "x".repeat(33) }],
    ["a space in the name", { Name: "Read only" }],
    ["a session of 30 minutes", { Name: "A", SessionDuration: "PT30M" }],
    ["a session of 13 hours", { Name: "A", SessionDuration: "PT13H" }],
    ["an empty description", { Name: "A", Description: "" }],
    ["a member that AWS does not have", { Name: "A", Nickname: "b" }],
  ])("are refused with %s", async (_what, input) => {
    const { sso, sandbox } = makeTestSandbox();
    expect((await sso("CreatePermissionSet", input)).error).toBe("ValidationException");
    expect(sandbox.states.identityCenter.permissionSets.size).toBe(0);
  });

  it("are listed in pages", async () => {
    const test = makeTestSandbox();
    for (const name of ["A", "B", "C"]) await makePermissionSet(test, name);
    const first = await test.sso("ListPermissionSets", { MaxResults: 2 });
    const second = await test.sso("ListPermissionSets", {
      MaxResults: 2,
      NextToken: first.body["NextToken"],
    });
    expect([at(first.body, "PermissionSets.length"), at(second.body, "PermissionSets.length")]).toEqual([
      2, 1,
    ]);
  });
});

describe("the instance", () => {
  it("is active, owned by the management account, in the region of the organization file", async () => {
    const { aws } = makeTestSandbox();
    const { body } = await aws("sso-admin", "ListInstances");
    expect(at(body, "Instances.0")).toMatchObject({
      OwnerAccountId: "111111111111",
      Status: "ACTIVE",
      PrimaryRegion: "eu-central-1",
    });
  });

  it("is the only one: others deny access", async () => {
    const { sso } = makeTestSandbox();
    const InstanceArn = "arn:aws:sso:::instance/ssoins-0000000000000000";
    expect((await sso("DescribeInstance", { InstanceArn })).error).toBe("AccessDeniedException");
  });

  it("takes 20 requests a second, whatever the operations", async () => {
    const { sso, clock } = makeTestSandbox();
    for (let sent = 0; sent < 10; sent += 1) {
      await sso("DescribeInstance");
      await sso("ListPermissionSets");
    }
    expect((await sso("DescribeInstance")).error).toBe("ThrottlingException");
    await clock.advance(50);
    expect((await sso("DescribeInstance")).status).toBe(200);
  });

  it("names an operation that is not imitated when refusing it", async () => {
    const { sso } = makeTestSandbox();
    const { error, body } = await sso("CreateApplication");
    expect(error).toBe("UnknownOperationException");
    expect(body["Message"]).toContain("CreateApplication");
  });
});
