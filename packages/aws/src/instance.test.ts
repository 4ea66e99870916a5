import { describe, expect, it } from "vitest";
import { awsOn, type SentRequest } from "../test-support/fake-aws.ts";
import { INSTANCE, REGION } from "../test-support/sample-instance.ts";

const listed = {
  InstanceArn: INSTANCE.instanceArn,
  IdentityStoreId: INSTANCE.identityStoreId,
  OwnerAccountId: INSTANCE.ownerAccountId,
  Status: "ACTIVE",
  PrimaryRegion: REGION,
};
const described = { InstanceArn: INSTANCE.instanceArn, Status: "ACTIVE", PermissionSetsEnabled: true };

describe("reading the instance", () => {
  it("finds the organization instance of the region", async () => {
    const { identityCenter, requests } = awsOn({
      ListInstances: { Instances: [listed] },
      DescribeInstance: described,
    });
    expect(await identityCenter.readInstance()).toEqual(INSTANCE);
    expect(requests).toMatchObject([
      { target: "SWBExternalService.ListInstances", hostname: "sso.eu-central-1.amazonaws.com" },
      { target: "SWBExternalService.DescribeInstance", body: { InstanceArn: INSTANCE.instanceArn } },
    ]);
  });

  it("passes over an account instance, which knows no permission sets", async () => {
    const other = { ...listed, InstanceArn: "arn:aws:sso:::instance/ssoins-ffffffffffffffff" };
    const { identityCenter } = awsOn({
      ListInstances: [{ Instances: [other], NextToken: "2" }, { Instances: [listed] }],
      DescribeInstance: ({ body }: SentRequest) =>
        (body as { InstanceArn: string }).InstanceArn === other.InstanceArn
          ? { Status: "ACTIVE" }
          : described,
    });
    expect(await identityCenter.readInstance()).toEqual(INSTANCE);
  });

  it.each([
    ["there is none", { ListInstances: { Instances: [] } }],
    [
      "it is still being created",
      {
        ListInstances: { Instances: [listed] },
        DescribeInstance: { ...described, Status: "CREATE_IN_PROGRESS" },
      },
    ],
    [
      "multi-account permissions are off",
      {
        ListInstances: { Instances: [listed] },
        DescribeInstance: { ...described, PermissionSetsEnabled: false },
      },
    ],
  ])("says InstanceNotFound when %s", async (_, answers) => {
    await expect(awsOn(answers).identityCenter.readInstance()).rejects.toMatchObject({
      name: "InstanceNotFound",
      message: expect.stringContaining(REGION) as string,
    });
  });

  it("names the primary region when this one is only a copy, which takes no writes", async () => {
    const { identityCenter } = awsOn({
      ListInstances: { Instances: [{ ...listed, PrimaryRegion: "us-east-1" }] },
      DescribeInstance: described,
    });
    await expect(identityCenter.readInstance()).rejects.toThrow("primary region is us-east-1");
  });
});
