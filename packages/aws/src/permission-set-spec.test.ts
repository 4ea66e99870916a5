import { describe, expect, it } from "vitest";
import { awsOn, broken, refusal } from "../test-support/fake-aws.ts";
import { BARE_SPEC, INSTANCE, KEY, SET_ARN } from "../test-support/sample-instance.ts";

const OTHER_ARN = SET_ARN.replace(/.$/, "0");
const noBoundary = refusal("ResourceNotFoundException", "PermissionsBoundary not found");
const BARE = {
  ListPermissionSets: { PermissionSets: [SET_ARN] },
  DescribePermissionSet: { PermissionSet: { Name: "ReadOnly", SessionDuration: "PT1H" } },
  GetInlinePolicyForPermissionSet: {},
  ListManagedPoliciesInPermissionSet: { AttachedManagedPolicies: [] },
  ListCustomerManagedPolicyReferencesInPermissionSet: { CustomerManagedPolicyReferences: [] },
  GetPermissionsBoundaryForPermissionSet: noBoundary,
};

const read = (answers: Record<string, object>, ...tagged: string[]) =>
  awsOn({ ...BARE, ...answers }).identityCenter.readPermissionSets(INSTANCE, { tagsOf: new Set(tagged) });

describe("reading permission sets", () => {
  it("reads a set on which nothing hangs", async () => {
    expect(await read({})).toEqual([{ arn: SET_ARN, name: "ReadOnly", spec: BARE_SPEC }]);
  });

  it("reads everything that hangs on it, in the one spelling in which specs are compared", async () => {
    const [set] = await read({
      DescribePermissionSet: {
        PermissionSet: { Name: "Deploy", Description: "For pipelines", SessionDuration: "PT120M" },
      },
      GetInlinePolicyForPermissionSet: { InlinePolicy: '{ "Version": "2012-10-17",\n "Statement": [] }' },
      ListManagedPoliciesInPermissionSet: [
        { AttachedManagedPolicies: [{ Arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }], NextToken: "2" },
        { AttachedManagedPolicies: [{ Arn: "arn:aws:iam::aws:policy/Billing" }] },
      ],
      ListCustomerManagedPolicyReferencesInPermissionSet: {
        CustomerManagedPolicyReferences: [{ Name: "Deploy", Path: "/team/" }, { Name: "Base" }],
      },
      GetPermissionsBoundaryForPermissionSet: {
        PermissionsBoundary: { ManagedPolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
      },
    });
    expect(set).toEqual({
      arn: SET_ARN,
      name: "Deploy",
      spec: {
        description: "For pipelines",
        sessionDuration: "PT2H",
        relayState: null,
        awsManagedPolicies: ["arn:aws:iam::aws:policy/Billing", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
        customerManagedPolicies: [
          { name: "Base", path: "/" },
          { name: "Deploy", path: "/team/" },
        ],
        inlinePolicy: '{"Statement":[],"Version":"2012-10-17"}',
        permissionsBoundary: { awsManagedPolicy: "arn:aws:iam::aws:policy/PowerUserAccess" },
        tags: null,
      },
    });
  });

  it("reads a boundary that is a customer managed policy", async () => {
    const [set] = await read({
      GetPermissionsBoundaryForPermissionSet: {
        PermissionsBoundary: { CustomerManagedPolicyReference: { Name: "Limit", Path: "/team/" } },
      },
    });
    expect(set?.spec.permissionsBoundary).toEqual({
      customerManagedPolicy: { name: "Limit", path: "/team/" },
    });
  });

  it("reads relay state, and the tags of the sets that it is asked for, without those of AWS", async () => {
    const answers = {
      DescribePermissionSet: {
        PermissionSet: { Name: "ReadOnly", SessionDuration: "PT1H", RelayState: "https://aws.example/s3" },
      },
      ListTagsForResource: [
        { Tags: [{ Key: "stage", Value: "prod" }], NextToken: "2" },
        {
          Tags: [
            { Key: "aws:x", Value: "y" },
            { Key: "cost", Value: "" },
          ],
        },
      ],
    };
    const [set] = await read(answers, "ReadOnly", "Other");
    expect(set?.spec).toMatchObject({
      relayState: "https://aws.example/s3",
      tags: { cost: "", stage: "prod" },
    });
    const [untold] = await read({ ...answers, ListTagsForResource: broken({}) }, "Other");
    expect(untold?.spec.tags).toBeNull();
  });

  it("reads the sets of all pages", async () => {
    const { identityCenter, sent } = awsOn({
      ...BARE,
      ListPermissionSets: [{ PermissionSets: [SET_ARN], NextToken: "2" }, { PermissionSets: [OTHER_ARN] }],
    });
    expect((await identityCenter.readPermissionSets(INSTANCE)).map(({ arn }) => arn)).toEqual([
      SET_ARN,
      OTHER_ARN,
    ]);
    expect(sent("GetPermissionsBoundaryForPermissionSet")).toContainEqual(KEY);
  });

  it("says IncompleteRead when a set vanishes while it is read", async () => {
    await expect(
      read({ DescribePermissionSet: refusal("ResourceNotFoundException", "PermissionSet not found") }),
    ).rejects.toMatchObject({ name: "IncompleteRead" });
  });

  it("does not take a refusal to read the boundary for there being none", async () => {
    await expect(
      read({ GetPermissionsBoundaryForPermissionSet: refusal("AccessDeniedException") }),
    ).rejects.toMatchObject({ name: "AccessDenied" });
  });
});
