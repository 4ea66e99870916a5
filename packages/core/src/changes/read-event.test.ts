import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlowError } from "../errors.ts";
import { readEvent } from "./read-event.ts";

const SETTINGS = { policyKey: "policy/access.yaml" };

function call(eventSource: string, eventName: string, detail: object = {}) {
  return {
    source: "aws.anything",
    "detail-type": "AWS API Call via CloudTrail",
    detail: { eventSource, eventName, ...detail },
  };
}

function created(key: string, versionId?: string) {
  return {
    source: "aws.s3",
    "detail-type": "Object Created",
    detail: {
      bucket: { name: "b" },
      object: { key, size: 3, ...(versionId && { "version-id": versionId }) },
    },
  };
}

function tagged(resourceId: string) {
  return call("organizations.amazonaws.com", "TagResource", { requestParameters: { resourceId } });
}

describe("readEvent", () => {
  it("tells who changed an assignment, and where", () => {
    const event = call("sso.amazonaws.com", "CreateAccountAssignment", {
      userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/Admin/kim" },
      requestParameters: { targetId: "444455556666" },
    });
    expect(readEvent(event, SETTINGS)).toEqual({
      hints: [{ kind: "account", id: "444455556666" }],
      change: {
        operation: "CreateAccountAssignment",
        actor: "arn:aws:sts::111122223333:assumed-role/Admin/kim",
        roleName: "Admin",
        accountId: "444455556666",
      },
    });
  });

  it("looks at everything when a permission set changes", () => {
    const { hints } = readEvent(call("sso.amazonaws.com", "PutInlinePolicyToPermissionSet"), SETTINGS);
    expect(hints).toEqual([{ kind: "all" }]);
  });

  it("tells which version of the access policy is new, and looks at nothing when another object changes", () => {
    expect(readEvent(created("policy/access.yaml", "Kx7_v"), SETTINGS).hints).toEqual([
      { kind: "policy", id: "Kx7_v" },
    ]);
    expect(readEvent(created("policy/access.yaml"), SETTINGS).hints).toEqual([{ kind: "all" }]);
    expect(readEvent(created("policy/proposed/ab12.yaml", "Kx7_v"), SETTINGS).hints).toEqual([]);
    expect(readEvent(created("sync-access/plan/1.json"), SETTINGS).hints).toEqual([]);
  });

  it("minds no refused call and no call that reads", () => {
    const refused = call("sso.amazonaws.com", "CreateAccountAssignment", { errorCode: "AccessDenied" });
    const read = call("sso.amazonaws.com", "ListInstances", { readOnly: true });
    expect(readEvent(refused, SETTINGS).hints).toEqual([]);
    expect(readEvent(read, SETTINGS).hints).toEqual([]);
  });

  it("reads the tag of an account, and not that of a unit", () => {
    expect(readEvent(tagged("444455556666"), SETTINGS).hints).toEqual([
      { kind: "account", id: "444455556666" },
    ]);
    expect(readEvent(tagged("ou-a1b2-3c4d5e6f"), SETTINGS).hints).toEqual([]);
  });

  it.each([
    ["no object", 7],
    ["no envelope", { hello: "world" }],
    ["an unknown source", { source: "aws.ec2", "detail-type": "Instance Stopped", detail: {} }],
    ["an unknown native event", { source: "aws.identitystore", "detail-type": "Store Moved", detail: {} }],
    ["an unknown call", call("sso.amazonaws.com", "LaunchRocket")],
    ["no detail", { source: "aws.s3", "detail-type": "Object Created" }],
    [
      "a forged notice with what is no id",
      {
        source: "landbridge.graph",
        "detail-type": "Graph Change Notification",
        detail: { groupIds: ["../../etc"], all: false },
      },
    ],
  ])("refuses %s under a name of its own", (_, event) => {
    expect(() => readEvent(event, SETTINGS)).toThrow(expect.objectContaining({ name: "EventNotUnderstood" }));
  });

  it("fails in no other way, whatever it gets", () => {
    const detail = fc.record(
      {
        eventSource: fc.constantFrom(
          "sso.amazonaws.com",
          "organizations.amazonaws.com",
          "sso-directory.amazonaws.com",
        ),
        eventName: fc.constantFrom(
          "MoveAccount",
          "CreateAccountResult",
          "CreateGroup",
          "CreateAccountAssignment",
        ),
        requestParameters: fc.oneof(fc.constant(null), fc.dictionary(fc.string(), fc.anything())),
        serviceEventDetails: fc.anything(),
        userIdentity: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const event = fc.record(
      {
        source: fc.constantFrom("aws.s3", "aws.health", "aws.identitystore", "landbridge.graph"),
        "detail-type": fc.constantFrom("AWS API Call via CloudTrail", "Object Created", "AWS Health Event"),
        resources: fc.anything(),
        detail: fc.oneof(detail, fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(event, fc.anything()), (given) => {
        try {
          readEvent(given, SETTINGS);
        } catch (error) {
          expect(isFlowError(error, "EventNotUnderstood")).toBe(true);
        }
      }),
    );
  });
});
