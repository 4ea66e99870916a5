import { describe, expect, it } from "vitest";
import type { PermissionSetSpec } from "../model/permission-set-spec.ts";
import { whyPrivileged } from "./privileged.ts";
import { aSpec } from "../../test-support/sample-world.ts";

function inline(...statements: object[]): Partial<PermissionSetSpec> {
  return { inlinePolicy: JSON.stringify({ Statement: statements, Version: "2012-10-17" }) };
}

describe("a privileged permission set", () => {
  it.each([
    [{ awsManagedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] }, "AdministratorAccess"],
    [{ awsManagedPolicies: ["arn:aws-us-gov:iam::aws:policy/IAMFullAccess"] }, "IAMFullAccess"],
    [{ customerManagedPolicies: [{ name: "team", path: "/x/" }] }, "team, whose contents are not known here"],
    [inline({ Effect: "Allow", Action: "*", Resource: "*" }), "its inline policy allows *"],
    [
      inline({ Effect: "Deny", Action: "*" }, { Effect: "Allow", Action: ["s3:*", "IAM:*"] }),
      "its inline policy allows IAM:*",
    ],
    [inline({ Effect: "Allow", NotAction: "s3:*" }), "its inline policy allows all but some actions"],
  ])("is one with %j", (spec, why) => {
    expect(whyPrivileged(aSpec(spec))).toBe(why);
  });

  it.each([
    [{ awsManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
    [
      inline(
        { Effect: "Deny", Action: "*", Resource: "*" },
        { Effect: "Allow", Action: ["iam:Get*", "s3:*"] },
      ),
    ],
    [{ inlinePolicy: JSON.stringify({ Statement: { Effect: "Allow", Action: "s3:Get*" } }) }],
    [{}],
  ])("is none with %j", (spec) => {
    expect(whyPrivileged(aSpec(spec))).toBeNull();
  });
});
