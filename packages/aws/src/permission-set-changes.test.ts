import { describe, expect, it } from "vitest";
import { awsOn, refusal, type SentRequest } from "../test-support/fake-aws.ts";
import { BARE_SPEC, INSTANCE, KEY, SET_ARN } from "../test-support/sample-instance.ts";

const FULL_SPEC = {
  description: "For pipelines",
  sessionDuration: "PT2H",
  relayState: "https://console.aws.amazon.com/s3",
  awsManagedPolicies: ["arn:aws:iam::aws:policy/Billing"],
  customerManagedPolicies: [{ name: "Deploy", path: "/team/" }],
  inlinePolicy: '{"Statement":[],"Version":"2012-10-17"}',
  permissionsBoundary: { customerManagedPolicy: { name: "Limit", path: "/" } },
  tags: { owner: "platform", stage: "prod" },
};

const EVERY_WRITE = Object.fromEntries(
  [
    "AttachManagedPolicyToPermissionSet",
    "DetachManagedPolicyFromPermissionSet",
    "AttachCustomerManagedPolicyReferenceToPermissionSet",
    "DetachCustomerManagedPolicyReferenceFromPermissionSet",
    "PutInlinePolicyToPermissionSet",
    "DeleteInlinePolicyFromPermissionSet",
    "PutPermissionsBoundaryToPermissionSet",
    "DeletePermissionsBoundaryFromPermissionSet",
    "UpdatePermissionSet",
    "TagResource",
    "UntagResource",
  ].map((operation) => [operation, {}]),
);
const ANSWERS = {
  ...EVERY_WRITE,
  CreatePermissionSet: { PermissionSet: { PermissionSetArn: SET_ARN } },
};

function calls(requests: readonly SentRequest[]): [string, object][] {
  return requests.map(({ operation, body }) => {
    const { InstanceArn, PermissionSetArn, ResourceArn, ...rest } = body as Record<string, unknown>;
    expect(InstanceArn).toBe(KEY.InstanceArn);
    if (operation !== "CreatePermissionSet")
      expect(PermissionSetArn ?? ResourceArn).toBe(KEY.PermissionSetArn);
    return [operation, rest];
  });
}

const current = (spec: typeof FULL_SPEC | typeof BARE_SPEC) => ({ arn: SET_ARN, name: "Deploy", spec });

describe("changing permission sets", () => {
  it("writes only while the right to write is proved, one proof a write", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    let proofs = 0;
    const prove = () => (++proofs > 3 ? Promise.reject(new Error("paused")) : Promise.resolve());
    const creating = identityCenter.createPermissionSet(INSTANCE, "Deploy", FULL_SPEC, prove);
    await expect(creating).rejects.toThrow("paused");
    expect(requests).toHaveLength(3);

    await expect(
      identityCenter.updatePermissionSet(INSTANCE, current(BARE_SPEC), FULL_SPEC, prove),
    ).rejects.toThrow("paused");
    expect(requests).toHaveLength(3);
  });

  it("creates a set with everything that the spec says", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    expect(await identityCenter.createPermissionSet(INSTANCE, "Deploy", FULL_SPEC)).toBe(SET_ARN);
    expect(calls(requests)).toEqual([
      [
        "CreatePermissionSet",
        {
          Name: "Deploy",
          Description: "For pipelines",
          SessionDuration: "PT2H",
          RelayState: FULL_SPEC.relayState,
          Tags: [
            { Key: "owner", Value: "platform" },
            { Key: "stage", Value: "prod" },
          ],
        },
      ],
      ["AttachManagedPolicyToPermissionSet", { ManagedPolicyArn: "arn:aws:iam::aws:policy/Billing" }],
      [
        "AttachCustomerManagedPolicyReferenceToPermissionSet",
        { CustomerManagedPolicyReference: { Name: "Deploy", Path: "/team/" } },
      ],
      ["PutInlinePolicyToPermissionSet", { InlinePolicy: FULL_SPEC.inlinePolicy }],
      [
        "PutPermissionsBoundaryToPermissionSet",
        { PermissionsBoundary: { CustomerManagedPolicyReference: { Name: "Limit", Path: "/" } } },
      ],
    ]);
  });

  it("creates a bare set with one call", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    await identityCenter.createPermissionSet(INSTANCE, "ReadOnly", BARE_SPEC);
    expect(calls(requests)).toEqual([["CreatePermissionSet", { Name: "ReadOnly", SessionDuration: "PT1H" }]]);
  });

  it("says ConflictingOperation for a set that exists, which a new read then finds", async () => {
    const { identityCenter } = awsOn({ CreatePermissionSet: refusal("ConflictException") });
    await expect(identityCenter.createPermissionSet(INSTANCE, "ReadOnly", BARE_SPEC)).rejects.toMatchObject({
      name: "ConflictingOperation",
    });
  });

  it("writes nothing when nothing differs", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    await identityCenter.updatePermissionSet(INSTANCE, current(FULL_SPEC), { ...FULL_SPEC });
    expect(requests).toEqual([]);
  });

  it("takes off what the spec does not say, policies before others continue", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    await identityCenter.updatePermissionSet(INSTANCE, current(FULL_SPEC), {
      ...BARE_SPEC,
      description: FULL_SPEC.description,
      sessionDuration: FULL_SPEC.sessionDuration,
      relayState: FULL_SPEC.relayState,
      awsManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    });
    expect(calls(requests)).toEqual([
      ["DetachManagedPolicyFromPermissionSet", { ManagedPolicyArn: "arn:aws:iam::aws:policy/Billing" }],
      [
        "DetachCustomerManagedPolicyReferenceFromPermissionSet",
        { CustomerManagedPolicyReference: { Name: "Deploy", Path: "/team/" } },
      ],
      ["AttachManagedPolicyToPermissionSet", { ManagedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
      ["DeleteInlinePolicyFromPermissionSet", {}],
      ["DeletePermissionsBoundaryFromPermissionSet", {}],
    ]);
  });

  it("replaces a boundary by an AWS managed policy", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    const boundary = { awsManagedPolicy: "arn:aws:iam::aws:policy/PowerUserAccess" };
    await identityCenter.updatePermissionSet(INSTANCE, current(FULL_SPEC), {
      ...FULL_SPEC,
      permissionsBoundary: boundary,
    });
    expect(calls(requests)).toEqual([
      [
        "PutPermissionsBoundaryToPermissionSet",
        { PermissionsBoundary: { ManagedPolicyArn: boundary.awsManagedPolicy } },
      ],
    ]);
  });

  it("says description and relay state again when it changes the duration: left out they could be cleared", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    await identityCenter.updatePermissionSet(INSTANCE, current(FULL_SPEC), {
      ...FULL_SPEC,
      sessionDuration: "PT4H",
    });
    expect(calls(requests)).toEqual([
      [
        "UpdatePermissionSet",
        {
          Description: "For pipelines",
          SessionDuration: "PT4H",
          RelayState: "https://console.aws.amazon.com/s3",
        },
      ],
    ]);
  });

  it("changes the tags that differ and takes the others off", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    await identityCenter.updatePermissionSet(INSTANCE, current(FULL_SPEC), {
      ...FULL_SPEC,
      tags: { owner: "security", cost: "7" },
    });
    expect(calls(requests)).toEqual([
      ["UntagResource", { TagKeys: ["stage"] }],
      [
        "TagResource",
        {
          Tags: [
            { Key: "owner", Value: "security" },
            { Key: "cost", Value: "7" },
          ],
        },
      ],
    ]);
  });

  it("leaves tags alone of which the spec says nothing", async () => {
    const { identityCenter, requests } = awsOn(ANSWERS);
    await identityCenter.updatePermissionSet(INSTANCE, current(FULL_SPEC), { ...FULL_SPEC, tags: null });
    expect(requests).toEqual([]);
  });

  it("deletes a set, also one that is gone already, and no set that an account has", async () => {
    const { identityCenter, requests } = awsOn({
      DeletePermissionSet: [{}, refusal("ResourceNotFoundException"), refusal("ConflictException")],
    });
    await identityCenter.deletePermissionSet(INSTANCE, SET_ARN);
    await identityCenter.deletePermissionSet(INSTANCE, SET_ARN);
    await expect(identityCenter.deletePermissionSet(INSTANCE, SET_ARN)).rejects.toMatchObject({
      name: "ConflictingOperation",
    });
    expect(calls(requests)).toEqual([1, 2, 3].map(() => ["DeletePermissionSet", {}]));
  });
});
