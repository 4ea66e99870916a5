import { describe, expect, it } from "vitest";
import { awsOn, fakeClock, refusal, type SentRequest } from "../test-support/fake-aws.ts";
import { ASSIGNMENT, INSTANCE, KEY, SET_ARN, storeId } from "../test-support/sample-instance.ts";

function assignment(AccountId: string, PrincipalId: string) {
  return { AccountId, PermissionSetArn: SET_ARN, PrincipalType: "GROUP", PrincipalId };
}

describe("reading assignments", () => {
  it("reads all pages of every account that has the set", async () => {
    const { identityCenter, sent } = awsOn({
      ListAccountsForProvisionedPermissionSet: [
        { AccountIds: ["222222222222"], NextToken: "2" },
        { AccountIds: ["333333333333"] },
      ],
      ListAccountAssignments: ({ body }: SentRequest) => {
        const { AccountId, NextToken } = body as { AccountId: string; NextToken?: string };
        if (AccountId === "333333333333") return { AccountAssignments: [assignment(AccountId, storeId(3))] };
        return NextToken === undefined
          ? { AccountAssignments: [assignment(AccountId, storeId(1))], NextToken: "2" }
          : { AccountAssignments: [assignment(AccountId, storeId(2))] };
      },
    });
    expect(await identityCenter.readAssignments(INSTANCE, SET_ARN)).toEqual([
      { ...ASSIGNMENT, principalId: storeId(1) },
      { ...ASSIGNMENT, principalId: storeId(2) },
      { ...ASSIGNMENT, accountId: "333333333333", principalId: storeId(3) },
    ]);
    expect(sent("ListAccountAssignments")[0]).toEqual({ ...KEY, AccountId: "222222222222", MaxResults: 100 });
  });

  it("keeps below 20 requests in any second, across all permission sets", async () => {
    const clock = fakeClock();
    const sentAt: number[] = [];
    const accountIds = Array.from({ length: 40 }, (_, index) => String(200_000_000_000 + index));
    const { identityCenter } = awsOn(
      {
        ListAccountsForProvisionedPermissionSet: () => {
          sentAt.push(clock.now());
          return { AccountIds: accountIds };
        },
        ListAccountAssignments: () => {
          sentAt.push(clock.now());
          return { AccountAssignments: [] };
        },
      },
      clock,
    );
    await Promise.all(
      [SET_ARN, SET_ARN.replace(/.$/, "0")].map((arn) => identityCenter.readAssignments(INSTANCE, arn)),
    );
    expect(sentAt).toHaveLength(82);
    for (const from of sentAt) {
      expect(sentAt.filter((time) => time >= from && time < from + 1000).length).toBeLessThan(20);
    }
  });

  it("fails as a whole when one account cannot be read", async () => {
    const { identityCenter } = awsOn({
      ListAccountsForProvisionedPermissionSet: { AccountIds: ["222222222222", "333333333333"] },
      ListAccountAssignments: [{ AccountAssignments: [] }, refusal("InternalServerException", "oops", 500)],
    });
    await expect(identityCenter.readAssignments(INSTANCE, SET_ARN)).rejects.toMatchObject({
      name: "ServiceUnavailable",
    });
  });
});
