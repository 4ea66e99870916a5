import { FlowError } from "@landbridge/core";
import { describe, expect, it } from "vitest";
import { awsOn, refusal } from "../test-support/fake-aws.ts";
import { ASSIGNMENT, INSTANCE } from "../test-support/sample-instance.ts";
import { isAwsError, translateError } from "./translate-error.ts";

function awsError(name: string, more: object = { $metadata: { httpStatusCode: 400 } }): Error {
  return Object.assign(new Error("said AWS"), { name }, more);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}

describe("errors of AWS", () => {
  it.each([
    ["ConflictException", "ConflictingOperation"],
    ["ResourceNotFoundException", "NotPropagatedYet"],
    ["ServiceQuotaExceededException", "QuotaExceeded"],
    ["ThrottlingException", "Throttled"],
    ["AccessDeniedException", "AccessDenied"],
    ["InternalServerException", "ServiceUnavailable"],
  ])("turns %s of CreateAccountAssignment into %s", async (theirs, ours) => {
    const status = theirs === "InternalServerException" ? 500 : 400;
    const { identityCenter } = awsOn({ CreateAccountAssignment: refusal(theirs, "said AWS", status) });
    await expect(identityCenter.startAssignment("create", INSTANCE, ASSIGNMENT)).rejects.toMatchObject({
      name: ours,
      message: expect.stringContaining("sso:CreateAccountAssignment") as string,
      cause: { name: theirs },
    });
  });

  it.each([
    ["TooManyRequestsException", "Throttled"],
    ["ProvisionedThroughputExceededException", "Throttled"],
    ["AccessDenied", "AccessDenied"],
    ["AccessDeniedForDependencyException", "AccessDenied"],
    ["TimeoutError", "ServiceUnavailable"],
  ])("turns %s of any service into %s", (theirs, ours) => {
    const call = { service: "organizations", operation: "ListAccounts" };
    expect(nameOf(translateError(awsError(theirs), call))).toBe(ours);
  });

  it.each([429, 500, 503])("knows an error of no known name by its status %i", (httpStatusCode) => {
    const error = awsError("Strange", { $metadata: { httpStatusCode } });
    const expected = httpStatusCode === 429 ? "Throttled" : "ServiceUnavailable";
    expect(nameOf(translateError(error, { service: "s3", operation: "GetObject" }))).toBe(expected);
  });

  it("takes a connection that was not made for an outage, and says that there was no answer", () => {
    const error = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    expect(translateError(error, { service: "s3", operation: "GetObject" })).toMatchObject({
      name: "ServiceUnavailable",
      message: expect.stringContaining("No answer to s3:GetObject") as string,
    });
  });

  it("takes a permission set that vanishes while it is read for an incomplete read", () => {
    const call = { service: "sso", operation: "ListAccountAssignments" };
    expect(nameOf(translateError(awsError("ResourceNotFoundException"), call))).toBe("IncompleteRead");
  });

  it("does not take a quota for a throttle: most do not empty by waiting", () => {
    const call = { service: "sso", operation: "CreatePermissionSet" };
    expect(translateError(awsError("ServiceQuotaExceededException"), call)).toMatchObject({
      name: "QuotaExceeded",
      retryable: false,
    });
  });

  it("gives an error that it does not know back unchanged", () => {
    const error = awsError("ValidationException");
    expect(translateError(error, { service: "sso", operation: "ListInstances" })).toBe(error);
    const bug = new TypeError("x is not a function");
    expect(translateError(bug, { service: "sso", operation: "ListInstances" })).toBe(bug);
  });

  it("names the request, which AWS's support asks for", async () => {
    const { identityCenter } = awsOn({ ListInstances: refusal("AccessDeniedException", "said AWS") });
    await expect(identityCenter.readInstance()).rejects.toThrow(
      "sso:ListInstances is not allowed. AWS says AccessDeniedException: said AWS (request 7f0e)",
    );
  });

  it("recognizes AWS's error behind its translation", () => {
    const translated = new FlowError("IncompleteRead", "gone", {
      cause: awsError("ResourceNotFoundException"),
    });
    expect(isAwsError(translated, "ResourceNotFoundException")).toBe(true);
    expect(isAwsError(translated, "ConflictException")).toBe(false);
  });
});
