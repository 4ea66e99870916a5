import { describe, expect, it } from "vitest";
import { callAs, makeSandboxLike } from "../../test-support/call-as.ts";
import { type Json, textAt } from "../../test-support/test-sandbox.ts";

const MANAGEMENT = "111111111111";
const DEV = "222222222222";
const DELEGATE = "333333333333";
const LONG = 300_000;

async function setUp(delegatedAdministrator: string | undefined = "Test") {
  const { sandbox, clock } = makeSandboxLike({ delegatedAdministrator });
  const InstanceArn = sandbox.states.identityCenter.instanceArn;
  const as = (accountId: string) => {
    const call = callAs(sandbox, accountId);
    return (operation: string, body: Json = {}) => call("sso-admin", operation, { InstanceArn, ...body });
  };
  const PrincipalId = sandbox.states.identityStore.createGroup({ displayName: "Admins" }).id;
  const set = async (Name: string) =>
    textAt((await as(MANAGEMENT)("CreatePermissionSet", { Name })).body, "PermissionSet.PermissionSetArn");
  const assign = (accountId: string, PermissionSetArn: string, TargetId: string) =>
    as(accountId)("CreateAccountAssignment", {
      PermissionSetArn,
      TargetId,
      TargetType: "AWS_ACCOUNT",
      PrincipalType: "GROUP",
      PrincipalId,
    });
  return { sandbox, clock, as, set, assign, PrincipalId };
}

describe("a delegated administrator", () => {
  it("assigns access everywhere but in the management account", async () => {
    const { set, assign, as, PrincipalId } = await setUp();
    const arn = await set("Admin");
    expect((await assign(DELEGATE, arn, DEV)).status).toBe(200);
    expect((await assign(DELEGATE, arn, MANAGEMENT)).error).toBe("AccessDeniedException");
    expect((await assign(MANAGEMENT, arn, MANAGEMENT)).status).toBe(200);
    const held = { TargetType: "AWS_ACCOUNT", TargetId: MANAGEMENT, PrincipalType: "GROUP", PrincipalId };
    const remove = await as(DELEGATE)("DeleteAccountAssignment", { PermissionSetArn: arn, ...held });
    expect(remove.error).toBe("AccessDeniedException");
  });

  it("neither assigns nor changes a permission set that is provisioned in the management account", async () => {
    const { set, assign, as, sandbox, clock } = await setUp();
    const [shared, other] = [await set("Shared"), await set("Other")];
    await assign(MANAGEMENT, shared, MANAGEMENT);
    await clock.advance(LONG);
    expect(sandbox.assignments()).toHaveLength(1);
    expect((await assign(DELEGATE, shared, DEV)).error).toBe("AccessDeniedException");
    const change = (PermissionSetArn: string, accountId: string) =>
      as(accountId)("UpdatePermissionSet", { PermissionSetArn, SessionDuration: "PT2H" });
    expect((await change(shared, DELEGATE)).error).toBe("AccessDeniedException");
    expect((await change(other, DELEGATE)).status).toBe(200);
    expect((await change(shared, MANAGEMENT)).status).toBe(200);
  });

  it("does not list the assignments of a principal, which is for the management account", async () => {
    const { as, PrincipalId } = await setUp();
    const list = (accountId: string) =>
      as(accountId)("ListAccountAssignmentsForPrincipal", { PrincipalType: "GROUP", PrincipalId });
    expect((await list(DELEGATE)).error).toBe("AccessDeniedException");
    expect((await list(MANAGEMENT)).status).toBe(200);
  });

  it("is who calls when the access key is no account", async () => {
    const { sandbox, PrincipalId } = await setUp();
    const InstanceArn = sandbox.states.identityCenter.instanceArn;
    const body = { InstanceArn, PrincipalType: "GROUP", PrincipalId };
    const { error } = await callAs(sandbox, "sandbox")(
      "sso-admin",
      "ListAccountAssignmentsForPrincipal",
      body,
    );
    expect(error).toBe("AccessDeniedException");
  });
});

describe("another member account", () => {
  it("sees that there is an instance and may do nothing with it", async () => {
    const { sandbox, as } = await setUp();
    const { body } = await callAs(sandbox, DEV)("sso-admin", "ListInstances");
    expect(body["Instances"]).toHaveLength(1);
    expect((await as(DEV)("ListPermissionSets")).error).toBe("AccessDeniedException");
    const store = { IdentityStoreId: sandbox.states.identityStore.identityStoreId };
    expect((await callAs(sandbox, DEV)("identitystore", "ListGroups", store)).error).toBe(
      "AccessDeniedException",
    );
    expect((await callAs(sandbox, DEV)("organizations", "ListAccounts")).error).toBe("AccessDeniedException");
    expect((await callAs(sandbox, DEV)("organizations", "DescribeOrganization")).status).toBe(200);
  });

  it("is unknown when it is not in the organization", async () => {
    const { sandbox } = await setUp();
    const { error } = await callAs(sandbox, "999999999999")("organizations", "ListAccounts");
    expect(error).toBe("UnrecognizedClientException");
  });
});

describe("the delegated administrator of an organization file", () => {
  it("is listed by Organizations for Identity Center", async () => {
    const { sandbox } = await setUp();
    const list = (ServicePrincipal: string) =>
      callAs(sandbox, MANAGEMENT)("organizations", "ListDelegatedAdministrators", { ServicePrincipal });
    expect((await list("sso.amazonaws.com")).body["DelegatedAdministrators"]).toMatchObject([
      { Id: DELEGATE, Name: "Test", State: "ACTIVE" },
    ]);
    expect((await list("guardduty.amazonaws.com")).body["DelegatedAdministrators"]).toEqual([]);
  });

  it("is one of the accounts, and not the management account", () => {
    expect(() => makeSandboxLike({ delegatedAdministrator: "Nobody" })).toThrow('"Nobody"');
    expect(() => makeSandboxLike({ delegatedAdministrator: "Management" })).toThrow("management account");
  });
});
