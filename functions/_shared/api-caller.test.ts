import { describe, expect, it } from "vitest";
import { callerOf } from "./api-caller.ts";

function from(authorizer: object | undefined) {
  return callerOf({ event: { requestContext: { ...(authorizer && { authorizer }) } } });
}

function token(claims: object) {
  return from({ jwt: { claims, scopes: null } });
}

describe("who calls the API", () => {
  it("is whom IAM let through, in every role: policies of IAM say which routes", () => {
    expect(from({ iam: { userArn: "arn:aws:sts::111111111111:assumed-role/Ops/ada" } })).toEqual({
      name: "arn:aws:sts::111111111111:assumed-role/Ops/ada",
      roles: new Set(["reader", "operator", "approver"]),
    });
  });

  it.each([
    ["[Landbridge.Operator]", ["operator", "reader"]],
    ["[Landbridge.Reader Landbridge.Approver]", ["reader", "approver"]],
    ["Landbridge.Reader", ["reader"]],
    ["[Operator landbridge.operator Landbridge.Operators NotLandbridge.Operator]", []],
    ["", []],
  ])("has of a token the app roles %s: %j", (roles, expected) => {
    expect(token({ oid: "0a1b", roles })).toEqual({ name: "0a1b", roles: new Set(expected) });
  });

  it("gets no role from groups, not even when Entra sends a link in their place", () => {
    const claims = { oid: "0a1b", groups: "[Landbridge.Operator]", _claim_names: '{"groups":"src1"}' };
    expect(token(claims)?.roles).toEqual(new Set());
  });

  it.each([[undefined], [{}], [{ iam: null, jwt: null }]])(
    "is nobody when the authorizer says %j",
    (said) => {
      expect(from(said)).toBeNull();
    },
  );

  it("is nobody when a token names nobody", () => {
    expect(() => token({ roles: "[Landbridge.Operator]" })).toThrow("oid");
  });
});
