import { describe, expect, it } from "vitest";
import type { InstanceAssignment } from "../model/instance.ts";
import { ledgerKey, parseLedgerKey } from "./ledger-key.ts";

const assignment: InstanceAssignment = {
  accountId: "222222222222",
  permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-7223b02d1ab3f5e1/ps-4c6bd8d2d4f0a1b2",
  principalType: "GROUP",
  principalId: "906760a4ba-1cbb53c6-7ef1-4f62-a7f9-9e7a8a0f4d2c",
};

describe("the key of a ledger record", () => {
  it.each<Partial<InstanceAssignment>>([
    {},
    { principalType: "USER", principalId: "1cbb53c6-7ef1-4f62-a7f9-9e7a8a0f4d2c" },
    { permissionSetArn: "arn:aws-us-gov:sso:::permissionSet/ssoins-7223b02d1ab3f5e1/ps-4c6bd8d2d4f0a1b2" },
  ])("can be read back: %j", (more) => {
    const one = { ...assignment, ...more };
    expect(parseLedgerKey(ledgerKey(one))).toEqual(one);
  });

  it("is another one for a permission set that was made again under the same name", () => {
    const again = { ...assignment, permissionSetArn: assignment.permissionSetArn.replace(/.$/, "9") };
    expect(ledgerKey(again)).not.toBe(ledgerKey(assignment));
  });

  it.each([
    "222222222222/ReadOnly/GROUP/1cbb53c6-7ef1-4f62-a7f9-9e7a8a0f4d2c",
    "222222222222/arn:x/ROBOT/1",
    "",
  ])("is not read from anything else: %j", (key) => {
    expect(parseLedgerKey(key)).toBeNull();
  });
});
