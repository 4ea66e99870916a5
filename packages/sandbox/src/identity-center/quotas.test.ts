import { describe, expect, it } from "vitest";
import {
  at,
  makeGroup,
  makePermissionSet,
  makeTestSandbox,
  type TestSandbox,
  textAt,
} from "../../test-support/test-sandbox.ts";

const DEV = "222222222222";
const LONG = 300_000;

function assign(test: TestSandbox, PermissionSetArn: string, PrincipalId = makeGroup(test)) {
  const target = { TargetType: "AWS_ACCOUNT", TargetId: DEV, PrincipalType: "GROUP" };
  return test.sso("CreateAccountAssignment", { PermissionSetArn, PrincipalId, ...target });
}

function fillInstance({ sandbox }: TestSandbox, count: number): string[] {
  const rest = { description: null, sessionDuration: "PT1H", relayState: null, tags: new Map() };
  const numbers = Array.from({ length: count }, (_, index) => index);
  return numbers.map(
    (index) => sandbox.states.identityCenter.addPermissionSet({ name: `P${index}`, ...rest }).arn,
  );
}

describe("the quotas of Identity Center", () => {
  it("hold an instance to 3,500 permission sets", async () => {
    const test = makeTestSandbox();
    fillInstance(test, 3499);
    await makePermissionSet(test, "Last");
    expect((await test.sso("CreatePermissionSet", { Name: "More" })).error).toBe(
      "ServiceQuotaExceededException",
    );
  });

  it("hold an account to 500 permission sets, not to 500 assignments", async () => {
    const test = makeTestSandbox();
    const [extra = "", ...sets] = fillInstance(test, 501);
    const principal = { principalType: "GROUP", principalId: makeGroup(test, "Everyone") } as const;
    for (const permissionSetArn of sets) {
      const assignment = { accountId: DEV, permissionSetArn, ...principal };
      test.sandbox.states.identityCenter.roles.assign(assignment, 1);
    }
    expect((await assign(test, extra)).error).toBe("ServiceQuotaExceededException");
    expect((await assign(test, sets[0] ?? "", makeGroup(test, "Others"))).status).toBe(200);
  });
});

describe("deleting a permission set", () => {
  it("is refused while it is provisioned, or about to be", async () => {
    const test = makeTestSandbox();
    const PermissionSetArn = await makePermissionSet(test);
    const remove = async () => (await test.sso("DeletePermissionSet", { PermissionSetArn })).error;
    await assign(test, PermissionSetArn);
    expect(await remove()).toBe("ConflictException");
    await test.clock.advance(LONG);
    expect(test.sandbox.assignments()).toHaveLength(1);
    expect(await remove()).toBe("ConflictException");
  });

  it("makes its name free again", async () => {
    const test = makeTestSandbox();
    const PermissionSetArn = await makePermissionSet(test, "Admin");
    expect((await test.sso("DeletePermissionSet", { PermissionSetArn })).status).toBe(200);
    expect((await test.sso("DescribePermissionSet", { PermissionSetArn })).error).toBe(
      "ResourceNotFoundException",
    );
    expect((await test.sso("CreatePermissionSet", { Name: "Admin" })).status).toBe(200);
  });
});

describe("the region of the instance", () => {
  it("is its only one, and primary", async () => {
    const { sso } = makeTestSandbox();
    const region = { RegionName: "eu-central-1", Status: "ACTIVE", IsPrimaryRegion: true };
    expect((await sso("ListRegions")).body["Regions"]).toMatchObject([region]);
    expect((await sso("DescribeRegion", { RegionName: "eu-central-1" })).body).toMatchObject(region);
    expect((await sso("DescribeRegion", { RegionName: "eu-west-1" })).error).toBe(
      "ResourceNotFoundException",
    );
  });
});

describe("the list of provisionings", () => {
  it("tells how each stands", async () => {
    const test = makeTestSandbox();
    const PermissionSetArn = await makePermissionSet(test);
    await assign(test, PermissionSetArn);
    await test.clock.advance(LONG);
    const target = { TargetType: "ALL_PROVISIONED_ACCOUNTS" };
    const { body } = await test.sso("ProvisionPermissionSet", { PermissionSetArn, ...target });
    const list = async (Status: string) => {
      const answer = await test.sso("ListPermissionSetProvisioningStatus", { Filter: { Status } });
      return at(answer.body, "PermissionSetsProvisioningStatus.0.RequestId");
    };
    const requestId = textAt(body, "PermissionSetProvisioningStatus.RequestId");
    expect([await list("IN_PROGRESS"), await list("SUCCEEDED")]).toEqual([requestId, undefined]);
    await test.clock.advance(LONG);
    expect([await list("IN_PROGRESS"), await list("SUCCEEDED")]).toEqual([undefined, requestId]);
  });
});
