import { describe, expect, it } from "vitest";
import { awsOn } from "../test-support/fake-aws.ts";
import { ASSIGNMENT, INSTANCE, SET_ARN } from "../test-support/sample-instance.ts";

const REQUEST_ID = "11111111-2222-3333-4444-555555555555";
const CASES = [
  { action: "create", start: "CreateAccountAssignment", noun: "Creation" },
  { action: "delete", start: "DeleteAccountAssignment", noun: "Deletion" },
] as const;

describe.each(CASES)("operations that $action assignments", ({ action, start, noun }) => {
  const status = (more: object) => ({
    [`AccountAssignment${noun}Status`]: { RequestId: REQUEST_ID, ...more },
  });

  it("starts one and gives its request id", async () => {
    const { identityCenter, sent } = awsOn({ [start]: status({ Status: "IN_PROGRESS" }) });
    expect(await identityCenter.startAssignment(action, INSTANCE, ASSIGNMENT)).toEqual({
      requestId: REQUEST_ID,
      status: "IN_PROGRESS",
      failureReason: null,
    });
    expect(sent(start)).toEqual([
      {
        InstanceArn: INSTANCE.instanceArn,
        PermissionSetArn: SET_ARN,
        PrincipalType: "GROUP",
        PrincipalId: ASSIGNMENT.principalId,
        TargetType: "AWS_ACCOUNT",
        TargetId: ASSIGNMENT.accountId,
      },
    ]);
  });

  it("tells how one stands, with AWS's reason when it failed", async () => {
    const describeStatus = `DescribeAccountAssignment${noun}Status`;
    const { identityCenter, sent } = awsOn({
      [describeStatus]: status({ Status: "FAILED", FailureReason: "Account is suspended" }),
    });
    expect(await identityCenter.describeAssignmentOperation(action, INSTANCE, REQUEST_ID)).toEqual({
      requestId: REQUEST_ID,
      status: "FAILED",
      failureReason: "Account is suspended",
    });
    expect(sent(describeStatus)).toEqual([
      { InstanceArn: INSTANCE.instanceArn, [`AccountAssignment${noun}RequestId`]: REQUEST_ID },
    ]);
  });

  it("lists those in a state over all pages, newest first", async () => {
    const list = `ListAccountAssignment${noun}Status`;
    const [oldest, middle, newest] = ["1", "2", "3"].map((digit) => REQUEST_ID.replaceAll("5", digit)) as [
      string,
      string,
      string,
    ];
    const page = (ids: Record<string, number>, NextToken?: string) => ({
      [`AccountAssignments${noun}Status`]: Object.entries(ids).map(([RequestId, CreatedDate]) => ({
        RequestId,
        CreatedDate,
        Status: "IN_PROGRESS",
      })),
      ...(NextToken !== undefined && { NextToken }),
    });
    const { identityCenter, sent } = awsOn({
      [list]: [
        page({ [oldest]: 1_760_000_000, [newest]: 1_760_000_009 }, "2"),
        page({ [middle]: 1_760_000_005 }),
      ],
    });
    expect(await identityCenter.listAssignmentOperations(action, INSTANCE, "IN_PROGRESS")).toEqual([
      newest,
      middle,
      oldest,
    ]);
    expect(sent(list)[0]).toEqual({
      InstanceArn: INSTANCE.instanceArn,
      Filter: { Status: "IN_PROGRESS" },
      MaxResults: 100,
    });
  });

  it("takes an answer without a state for an incomplete read", async () => {
    const { identityCenter } = awsOn({ [start]: status({}) });
    await expect(identityCenter.startAssignment(action, INSTANCE, ASSIGNMENT)).rejects.toMatchObject({
      name: "IncompleteRead",
    });
  });
});
