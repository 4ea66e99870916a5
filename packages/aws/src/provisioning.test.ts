import { describe, expect, it } from "vitest";
import { awsOn } from "../test-support/fake-aws.ts";
import { INSTANCE, KEY, SET_ARN } from "../test-support/sample-instance.ts";

const REQUEST_ID = "11111111-2222-3333-4444-555555555555";
const ACCOUNT = "222222222222";

function answer(status: object) {
  return { PermissionSetProvisioningStatus: { RequestId: REQUEST_ID, ...status } };
}

describe("provisioning a permission set", () => {
  it("lists the accounts whose role is out of date, page by page", async () => {
    const { identityCenter, sent } = awsOn({
      ListAccountsForProvisionedPermissionSet: [
        { AccountIds: [ACCOUNT], NextToken: "2" },
        { AccountIds: ["333333333333"] },
      ],
    });
    expect(await identityCenter.listOutdatedAccounts(INSTANCE, SET_ARN)).toEqual([ACCOUNT, "333333333333"]);
    expect(sent("ListAccountsForProvisionedPermissionSet")[0]).toMatchObject({
      ...KEY,
      ProvisioningStatus: "LATEST_PERMISSION_SET_NOT_PROVISIONED",
    });
  });

  it("starts it in one account, or in all that have the set", async () => {
    const { identityCenter, sent } = awsOn({ ProvisionPermissionSet: answer({ Status: "IN_PROGRESS" }) });
    const started = await identityCenter.startProvisioning(INSTANCE, SET_ARN, ACCOUNT);
    expect(started).toEqual({ requestId: REQUEST_ID, status: "IN_PROGRESS", failureReason: null });
    await identityCenter.startProvisioning(INSTANCE, SET_ARN, null);
    expect(sent("ProvisionPermissionSet")).toEqual([
      { ...KEY, TargetType: "AWS_ACCOUNT", TargetId: ACCOUNT },
      { ...KEY, TargetType: "ALL_PROVISIONED_ACCOUNTS" },
    ]);
  });

  it("gives AWS's reason when it failed", async () => {
    const FailureReason = `Policy Deploy does not exist in account ${ACCOUNT}`;
    const { identityCenter, sent } = awsOn({
      DescribePermissionSetProvisioningStatus: answer({ Status: "FAILED", FailureReason }),
    });
    expect(await identityCenter.describeProvisioning(INSTANCE, REQUEST_ID)).toEqual({
      requestId: REQUEST_ID,
      status: "FAILED",
      failureReason: FailureReason,
    });
    expect(sent("DescribePermissionSetProvisioningStatus")).toEqual([
      { InstanceArn: KEY.InstanceArn, ProvisionPermissionSetRequestId: REQUEST_ID },
    ]);
  });
});
