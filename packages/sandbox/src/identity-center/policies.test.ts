import { describe, expect, it } from "vitest";
import { at, makePermissionSet, makeTestSandbox } from "../../test-support/test-sandbox.ts";

const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const POLICY = JSON.stringify({ Version: "2012-10-17", Statement: [] });

async function setUp() {
  const test = makeTestSandbox();
  const PermissionSetArn = await makePermissionSet(test);
  return {
    ...test,
    call: (operation: string, body = {}) => test.sso(operation, { PermissionSetArn, ...body }),
  };
}

describe("managed policies of a permission set", () => {
  it("are attached once and detached once", async () => {
    const { call } = await setUp();
    expect((await call("AttachManagedPolicyToPermissionSet", { ManagedPolicyArn: ADMIN })).status).toBe(200);
    expect((await call("AttachManagedPolicyToPermissionSet", { ManagedPolicyArn: ADMIN })).error).toBe(
      "ConflictException",
    );
    expect((await call("ListManagedPoliciesInPermissionSet")).body["AttachedManagedPolicies"]).toEqual([
      { Name: "AdministratorAccess", Arn: ADMIN },
    ]);
    expect((await call("DetachManagedPolicyFromPermissionSet", { ManagedPolicyArn: ADMIN })).status).toBe(
      200,
    );
    expect((await call("DetachManagedPolicyFromPermissionSet", { ManagedPolicyArn: ADMIN })).error).toBe(
      "ResourceNotFoundException",
    );
  });

  it("of the customer are told apart by path, which is / by default", async () => {
    const { call } = await setUp();
    const attach = (reference: object) =>
      call("AttachCustomerManagedPolicyReferenceToPermissionSet", {
        CustomerManagedPolicyReference: reference,
      });
    await attach({ Name: "Audit" });
    expect((await attach({ Name: "Audit", Path: "/" })).error).toBe("ConflictException");
    expect((await attach({ Name: "Audit", Path: "/team/" })).status).toBe(200);
    const { body } = await call("ListCustomerManagedPolicyReferencesInPermissionSet");
    expect(body["CustomerManagedPolicyReferences"]).toEqual([
      { Name: "Audit", Path: "/" },
      { Name: "Audit", Path: "/team/" },
    ]);
  });

  it("are 25 at most, of both kinds together", async () => {
    const { call, clock } = await setUp();
    const attach = async (index: number) => {
      await clock.advance(1000);
      const reference = { CustomerManagedPolicyReference: { Name: `P${index}` } };
      return call("AttachCustomerManagedPolicyReferenceToPermissionSet", reference);
    };
    for (let index = 0; index < 24; index += 1) await attach(index);
    await call("AttachManagedPolicyToPermissionSet", { ManagedPolicyArn: ADMIN });
    expect((await attach(24)).error).toBe("ServiceQuotaExceededException");
  });
});

describe("the inline policy of a permission set", () => {
  it("is empty text until one is put, and again after it is deleted", async () => {
    const { call } = await setUp();
    expect((await call("GetInlinePolicyForPermissionSet")).body).toEqual({ InlinePolicy: "" });
    await call("PutInlinePolicyToPermissionSet", { InlinePolicy: POLICY });
    expect((await call("GetInlinePolicyForPermissionSet")).body).toEqual({ InlinePolicy: POLICY });
    await call("DeleteInlinePolicyFromPermissionSet");
    expect((await call("GetInlinePolicyForPermissionSet")).body).toEqual({ InlinePolicy: "" });
  });

  it("must be a policy document of at most 10,240 characters without white space", async () => {
    const { call } = await setUp();
    const put = (InlinePolicy: string) => call("PutInlinePolicyToPermissionSet", { InlinePolicy });
    expect((await put("{}")).error).toBe("ValidationException");
    expect((await put("no json")).error).toBe("ValidationException");
    const padded = `${POLICY}${" ".repeat(15_000)}`;
    expect((await put(padded)).status).toBe(200);
    const long = JSON.stringify({ Statement: [{ Sid: "x".repeat(10_240) }] });
    expect((await put(long)).error).toBe("ServiceQuotaExceededException");
  });
});

describe("the permissions boundary of a permission set", () => {
  it("is not found until one is put", async () => {
    const { call } = await setUp();
    expect((await call("GetPermissionsBoundaryForPermissionSet")).error).toBe("ResourceNotFoundException");
    await call("PutPermissionsBoundaryToPermissionSet", { PermissionsBoundary: { ManagedPolicyArn: ADMIN } });
    const { body } = await call("GetPermissionsBoundaryForPermissionSet");
    expect(at(body, "PermissionsBoundary.ManagedPolicyArn")).toBe(ADMIN);
    expect((await call("DeletePermissionsBoundaryFromPermissionSet")).status).toBe(200);
    expect((await call("GetPermissionsBoundaryForPermissionSet")).error).toBe("ResourceNotFoundException");
  });

  it("is one policy, not two", async () => {
    const { call } = await setUp();
    const both = { ManagedPolicyArn: ADMIN, CustomerManagedPolicyReference: { Name: "B" } };
    expect((await call("PutPermissionsBoundaryToPermissionSet", { PermissionsBoundary: both })).error).toBe(
      "ValidationException",
    );
  });
});
