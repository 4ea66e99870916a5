import { describe, expect, it } from "vitest";
import { awsOn } from "./fake-aws.ts";
import { INSTANCE, KEY, SET_ARN } from "./sample-instance.ts";

const REQUEST_ID = "11111111-2222-3333-4444-555555555555";
const inProgress = { PermissionSetProvisioningStatus: { RequestId: REQUEST_ID, Status: "IN_PROGRESS" } };
const succeeded = { PermissionSetProvisioningStatus: { RequestId: REQUEST_ID, Status: "SUCCEEDED" } };
const ANSWERS = {
  ListAccountsForProvisionedPermissionSet: { AccountIds: ["222222222222"] },
  ProvisionPermissionSet: inProgress,
  DescribePermissionSetProvisioningStatus: [inProgress, inProgress, succeeded],
};

describe("provisioning a permission set", () => {
  it("starts it for all accounts that have the set and waits until it is through", async () => {
    const { identityCenter, sent, clock } = awsOn(ANSWERS);
    await identityCenter.provisionPermissionSet(INSTANCE, SET_ARN);
    expect(sent("ProvisionPermissionSet")).toEqual([{ ...KEY, TargetType: "ALL_PROVISIONED_ACCOUNTS" }]);
    expect(sent("DescribePermissionSetProvisioningStatus")).toHaveLength(3);
    expect(sent("DescribePermissionSetProvisioningStatus")[0]).toEqual({
      InstanceArn: KEY.InstanceArn,
      ProvisionPermissionSetRequestId: REQUEST_ID,
    });
    expect(clock.slept).toEqual([1000, 2000, 4000]);
  });

  it("proves the right to write at each poll too", async () => {
    const { identityCenter, sent } = awsOn(ANSWERS);
    let proofs = 0;
    const prove = () => (++proofs > 4 ? Promise.reject(new Error("paused")) : Promise.resolve());
    await expect(identityCenter.provisionPermissionSet(INSTANCE, SET_ARN, prove)).rejects.toThrow("paused");
    expect(sent("ProvisionPermissionSet")).toHaveLength(1);
    expect(sent("DescribePermissionSetProvisioningStatus")).toHaveLength(2);
  });

  it("does nothing for a set that no account has", async () => {
    const { identityCenter, requests } = awsOn({
      ListAccountsForProvisionedPermissionSet: [{ AccountIds: [], NextToken: "2" }, { AccountIds: [] }],
    });
    await identityCenter.provisionPermissionSet(INSTANCE, SET_ARN);
    expect(requests).toHaveLength(2);
  });

  it("gives AWS's reason when it fails", async () => {
    const { identityCenter } = awsOn({
      ...ANSWERS,
      DescribePermissionSetProvisioningStatus: {
        PermissionSetProvisioningStatus: {
          RequestId: REQUEST_ID,
          Status: "FAILED",
          FailureReason: "Policy Deploy does not exist in account 222222222222",
        },
      },
    });
    await expect(identityCenter.provisionPermissionSet(INSTANCE, SET_ARN)).rejects.toMatchObject({
      name: "VerificationFailed",
      message: expect.stringContaining("Policy Deploy does not exist in account 222222222222") as string,
    });
  });

  it("does not wait longer than ten minutes", async () => {
    const { identityCenter, clock } = awsOn({
      ...ANSWERS,
      DescribePermissionSetProvisioningStatus: inProgress,
    });
    const start = clock.now();
    await expect(identityCenter.provisionPermissionSet(INSTANCE, SET_ARN)).rejects.toMatchObject({
      name: "ServiceUnavailable",
    });
    expect(clock.now() - start).toBeLessThanOrEqual(610_000);
  });
});
