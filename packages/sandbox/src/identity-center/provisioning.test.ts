import { describe, expect, it } from "vitest";
import {
  at,
  makeGroup,
  makePermissionSet,
  makeTestSandbox,
  textAt,
} from "../../test-support/test-sandbox.ts";

const DEV = "222222222222";
const TEST = "333333333333";
const LONG = 300_000;
const OUT_OF_DATE = { ProvisioningStatus: "LATEST_PERMISSION_SET_NOT_PROVISIONED" };

/** A permission set that is a role in two accounts. */
async function setUp() {
  const test = makeTestSandbox();
  const PermissionSetArn = await makePermissionSet(test);
  const principal = { PrincipalType: "GROUP", PrincipalId: makeGroup(test) };
  const request = { TargetType: "AWS_ACCOUNT", PermissionSetArn, ...principal };
  for (const TargetId of [DEV, TEST]) await test.sso("CreateAccountAssignment", { ...request, TargetId });
  await test.clock.advance(LONG);
  const accounts = async (filter = {}) => {
    const { body } = await test.sso("ListAccountsForProvisionedPermissionSet", {
      PermissionSetArn,
      ...filter,
    });
    return (body["AccountIds"] as string[]).toSorted();
  };
  const provision = (target: object) => test.sso("ProvisionPermissionSet", { PermissionSetArn, ...target });
  /** Provisions, and returns the result. */
  const outcomeOf = async (target: object) => {
    const { body } = await provision(target);
    await test.clock.advance(LONG);
    const ProvisionPermissionSetRequestId = textAt(body, "PermissionSetProvisioningStatus.RequestId");
    const status = await test.sso("DescribePermissionSetProvisioningStatus", {
      ProvisionPermissionSetRequestId,
    });
    return at(status.body, "PermissionSetProvisioningStatus");
  };
  return { ...test, PermissionSetArn, request, accounts, provision, outcomeOf };
}

function suspend(sandbox: Awaited<ReturnType<typeof setUp>>["sandbox"], accountId: string): void {
  const account = sandbox.states.organization.accounts.get(accountId);
  if (account !== undefined) account.state = "SUSPENDED";
}

describe("a provisioned permission set", () => {
  it("is in every account where someone is assigned, until the last assignment goes", async () => {
    const { sso, clock, accounts, request } = await setUp();
    expect(await accounts()).toEqual([DEV, TEST]);
    await sso("DeleteAccountAssignment", { ...request, TargetId: TEST });
    await clock.advance(LONG);
    expect(await accounts()).toEqual([DEV]);
  });

  it("is out of date after a change of its policies until it is provisioned again", async () => {
    const { sso, accounts, outcomeOf, PermissionSetArn } = await setUp();
    const ManagedPolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    expect(await accounts(OUT_OF_DATE)).toEqual([]);
    await sso("AttachManagedPolicyToPermissionSet", { PermissionSetArn, ManagedPolicyArn });
    expect(await accounts(OUT_OF_DATE)).toEqual([DEV, TEST]);
    expect(await outcomeOf({ TargetType: "ALL_PROVISIONED_ACCOUNTS" })).toMatchObject({
      Status: "SUCCEEDED",
    });
    expect(await accounts(OUT_OF_DATE)).toEqual([]);
    const inDev = await sso("ListPermissionSetsProvisionedToAccount", { AccountId: DEV });
    expect(inDev.body["PermissionSets"]).toEqual([PermissionSetArn]);
  });

  it("misses a change that came after the provisioning began", async () => {
    const { sso, clock, accounts, provision, PermissionSetArn } = await setUp();
    await sso("UpdatePermissionSet", { PermissionSetArn, SessionDuration: "PT2H" });
    await provision({ TargetType: "AWS_ACCOUNT", TargetId: DEV });
    await sso("UpdatePermissionSet", { PermissionSetArn, SessionDuration: "PT3H" });
    await clock.advance(LONG);
    expect(await accounts(OUT_OF_DATE)).toEqual([DEV, TEST]);
  });

  it("fails as a whole, and is out of date everywhere, while one of all accounts is suspended", async () => {
    const { sandbox, accounts, outcomeOf, sso, PermissionSetArn } = await setUp();
    await sso("UpdatePermissionSet", { PermissionSetArn, SessionDuration: "PT2H" });
    suspend(sandbox, DEV);
    expect(await outcomeOf({ TargetType: "ALL_PROVISIONED_ACCOUNTS" })).toMatchObject({
      Status: "FAILED",
      FailureReason: expect.stringContaining(DEV),
    });
    expect(await accounts(OUT_OF_DATE)).toEqual([DEV, TEST]);
  });

  it("fails in a suspended account, and is provisioned in the others one by one", async () => {
    const { sandbox, accounts, outcomeOf, sso, PermissionSetArn } = await setUp();
    await sso("UpdatePermissionSet", { PermissionSetArn, SessionDuration: "PT2H" });
    suspend(sandbox, DEV);
    expect(await outcomeOf({ TargetType: "AWS_ACCOUNT", TargetId: DEV })).toMatchObject({ Status: "FAILED" });
    expect(await outcomeOf({ TargetType: "AWS_ACCOUNT", TargetId: TEST })).toMatchObject({
      Status: "SUCCEEDED",
    });
    expect(await accounts(OUT_OF_DATE)).toEqual([DEV]);
  });

  it("needs an account id for one account, and none for all", async () => {
    const { provision } = await setUp();
    expect((await provision({ TargetType: "AWS_ACCOUNT" })).error).toBe("ValidationException");
    expect((await provision({ TargetType: "ALL_PROVISIONED_ACCOUNTS", TargetId: DEV })).error).toBe(
      "ValidationException",
    );
  });

  it("is provisioned by three requests at a time at most", async () => {
    const { provision } = await setUp();
    for (let sent = 0; sent < 3; sent += 1) await provision({ TargetType: "AWS_ACCOUNT", TargetId: DEV });
    expect((await provision({ TargetType: "AWS_ACCOUNT", TargetId: TEST })).error).toBe(
      "ThrottlingException",
    );
  });
});
