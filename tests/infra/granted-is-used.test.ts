import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Grant } from "../../infra/grants.ts";
import { grantsOf, PERMISSIONS } from "../../infra/permissions.ts";
import { keptCalls } from "../support/record-calls.ts";
import { ROOT } from "./synthesis.ts";

/** Flow tests sign in with a client secret; a deployment without one takes on a role instead, and that is all there is to it. */
const SIGN_IN = "client-secret";

/** Targets that a recorded call names, since one action means different things there. */
const NAMED_TARGETS = new Set(["policy", "proposals", "objects", "scimToken", "taskKey", "clientSecret"]);

const FAILED_APPLY = "an operation that fails or is lost is looked up: packages/core/src/apply";
const DELEGATED = "only the management account may list by principal; elsewhere it is read by permission set";
const NAMES_USERS = "the access policy gives access to users by name";
const TAGS = "the access policy selects accounts by tags";
const SPECIFIC =
  "permission sets with more than AWS managed policies: packages/aws/src/permission-set-changes.test.ts";

const WITHDRAWS =
  "an attempt of the state failed after it had opened its task: tests/simulation/crash.test.ts";

/** Granted for what no test of flows brings about: an action, or a function's; why. */
const RARE: Readonly<Record<string, string>> = {
  "events:PutEvents": "there is no bus in flow tests: functions/_shared/publish-events.test.ts",
  "organizations:ListTagsForResource": TAGS,
  "sso:AttachCustomerManagedPolicyReferenceToPermissionSet": SPECIFIC,
  "sso:DeleteInlinePolicyFromPermissionSet": SPECIFIC,
  "sso:DeletePermissionsBoundaryFromPermissionSet": SPECIFIC,
  "sso:DescribeAccountAssignmentCreationStatus": FAILED_APPLY,
  "sso:DescribeAccountAssignmentDeletionStatus": FAILED_APPLY,
  "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet": SPECIFIC,
  "sso:DetachManagedPolicyFromPermissionSet": SPECIFIC,
  "sso:PutInlinePolicyToPermissionSet": SPECIFIC,
  "sso:PutPermissionsBoundaryToPermissionSet": SPECIFIC,
  "api/api states:SendTaskFailure": "a person declines a task through the API",
  "api/api states:SendTaskHeartbeat":
    "nobody knows whether an earlier decision arrived: tests/flows/lost-answers.test.ts",
  "connect/configure-provisioning secretsmanager:UpdateSecretVersionStage scimToken":
    "a connect that is repeated with another token: tests/simulation/crash.test.ts",
  "connect/await-identity-source-change dynamodb:GetItem": WITHDRAWS,
  "connect/await-service-provider-metadata dynamodb:GetItem": WITHDRAWS,
  "connect/await-test-sign-in dynamodb:GetItem": WITHDRAWS,
  "rotate-certificate/await-certificate-upload dynamodb:GetItem": WITHDRAWS,
  "rotate-certificate/await-old-certificate-removal dynamodb:GetItem": WITHDRAWS,
  "rotate-certificate/await-test-sign-in dynamodb:GetItem": WITHDRAWS,
  "drain-changes/abandon-changes dynamodb:DeleteItem": "a drain fails",
  "drain-changes/abandon-changes dynamodb:GetItem": "a drain fails",
  "drain-changes/claim-changes states:DescribeExecution": "another drain seems to be at work",
  "events/keep-subscriptions states:StartExecution": "the delta query finds what no notice told",
  "sync-access/apply-assignments identitystore:ListUsers": NAMES_USERS,
  "sync-access/ensure-provisioned identitystore:ListUsers": NAMES_USERS,
  "sync-access/verify-access identitystore:ListUsers": NAMES_USERS,
  "sync-access/verify-access sso:ListAccountsForProvisionedPermissionSet": DELEGATED,
  "watch/inspect-access sso:ListAccountAssignments": DELEGATED,
  "watch/inspect-access sso:ListAccountsForProvisionedPermissionSet": DELEGATED,
  "watch/inspect-access sso:ListTagsForResource": "the access policy sets tags of permission sets",
};

/** Not run by the runner that records. */
const UNRECORDED: Readonly<Record<string, string>> = {
  "events/graph-webhook":
    "answers HTTP, not events: its three calls stand in functions/_shared/graph-webhook.test.ts",
};

const { calls, files } = keptCalls(process.env["LANDBRIDGE_RECORDED_CALLS"] ?? "");
const flowTests = [...readdirSync(`${ROOT}tests/flows`), "graph-permissions.test.ts"].filter((name) =>
  name.endsWith(".test.ts"),
);
const missing = flowTests.filter((name) => !files.has(name));
const skipped =
  missing.length === 0 ? "" : ` (skipped: needs a run of all flow tests, without ${missing.join(", ")})`;

describe("what flow tests have seen functions call", () => {
  it("is allowed to each of them", () => {
    const refused = [...calls].flatMap(([name, actions]) => {
      const granted = visible(grantsOf(name, SIGN_IN));
      return [...actions].filter((action) => !granted.has(action)).map((action) => `${name}: ${action}`);
    });
    expect(refused).toEqual([]);
  });

  it.skipIf(missing.length > 0)(`is all that is allowed, but for what is rare${skipped}`, () => {
    const idle = Object.keys(PERMISSIONS)
      .filter((name) => !(name in UNRECORDED))
      .flatMap((name) =>
        [...visible(grantsOf(name, SIGN_IN))]
          .filter((action) => !calls.get(name)?.has(action))
          .map((action) => ({ name, action })),
      );
    const unexplained = idle.filter(
      ({ name, action }) => !(action in RARE) && !(`${name} ${action}` in RARE),
    );
    expect(unexplained.map(({ name, action }) => `${name} ${action}`)).toEqual([]);
  });

  it("is granted where it is called rare", () => {
    const granted = Object.keys(PERMISSIONS).flatMap((name) =>
      [...visible(grantsOf(name, SIGN_IN))].flatMap((action) => [action, `${name} ${action}`]),
    );
    expect(Object.keys(RARE).filter((key) => !granted.includes(key))).toEqual([]);
  });
});

/** What of the grants a request would show. */
function visible(grants: readonly Grant[]): Set<string> {
  return new Set(
    grants
      .filter(({ invisible }) => !invisible)
      .flatMap(({ actions, on }) => {
        const target = on.find((one) => NAMED_TARGETS.has(one));
        return actions.map((action) => (target === undefined ? action : `${action} ${target}`));
      }),
  );
}
