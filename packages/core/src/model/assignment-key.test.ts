import { describe, expect, it } from "vitest";
import { assignmentKey } from "./assignment-key.ts";

const place = { accountId: "123456789012", permissionSet: "ReadOnly" };

describe("the key of an assignment", () => {
  it("has the object id of a principal that Entra knows, else its identity store id", () => {
    const principal = { type: "GROUP", directoryId: "entra", principalId: "store" } as const;
    expect(assignmentKey({ ...place, principal })).toBe("123456789012/ReadOnly/GROUP/entra");
    expect(assignmentKey({ ...place, principal: { ...principal, directoryId: null } })).toBe(
      "123456789012/ReadOnly/GROUP/store",
    );
  });

  it("is the same before and after provisioning has brought the principal", () => {
    const before = assignmentKey({
      ...place,
      principal: { type: "USER", directoryId: "entra", principalId: null },
    });
    const after = assignmentKey({
      ...place,
      principal: { type: "USER", directoryId: "entra", principalId: "store" },
    });
    expect(before).toBe(after);
  });

  it("cannot be made of nothing", () => {
    expect(() => assignmentKey({ ...place, principal: { type: "USER", directoryId: null } })).toThrow(
      "no id at all",
    );
  });
});
