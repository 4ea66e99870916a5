import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Grant, Target } from "../../infra/grants.ts";
import { grantsOf, PERMISSIONS } from "../../infra/permissions.ts";
import { keptCalls } from "../support/record-calls.ts";
import { ROOT } from "./synthesis.ts";

/** Flow tests sign in with a client secret; a deployment without one assumes a role instead, which is the only difference. */
const SIGN_IN = "client-secret";

/** The names of targets in a recorded call, if one action means different things for each. */
const NAMES: Partial<Record<Target, string>> = {
  policy: "policy/access.yaml",
  proposals: "policy/proposed/*",
  scimToken: "scimToken",
  taskKey: "taskKey",
  clientSecret: "clientSecret",
};

const FAILED_APPLY = "an operation that fails or is lost is looked up: packages/core/src/apply";
const DELEGATED = "only the management account may list by principal; elsewhere it is read by permission set";
const NAMES_USERS = "the access policy gives access to users by name";
const TAGS = "the access policy selects accounts by tags";
const SPECIFIC =
  "permission sets with more than AWS managed policies: packages/aws/src/permission-set-changes.test.ts";

const WITHDRAWS =
  "an attempt of the state failed after it had opened its task: tests/simulation/crash.test.ts";

/** Functions that open tasks; those that more attempts than one are seen of are left out. */
const OPENERS = [
  "connect/await-identity-source-change",
  "connect/await-service-provider-metadata",
  "connect/await-test-sign-in",
  "rotate-certificate/await-certificate-upload",
  "rotate-certificate/await-old-certificate-removal",
  "rotate-certificate/await-test-sign-in",
  "rotate-token/await-new-token",
  "rotate-token/await-old-token-deletion",
  "sync-access/await-approval",
];
const PAUSES = "a person pauses and resumes through the API: packages/api/src/pause.test.ts";
const DELTA = "the delta query finds what no notice told";

/** Granted for cases that no flow test produces: an action, or a function's; and why. */
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
  "api/api dynamodb:DeleteItem pause": PAUSES,
  "api/api dynamodb:GetItem pause": PAUSES,
  "api/api dynamodb:UpdateItem dirty": PAUSES,
  "api/api dynamodb:UpdateItem pause": PAUSES,
  "api/api dynamodb:UpdateItem decision": "a person approves a plan through the API",
  "api/api s3:GetObject rotate-certificate/*": "a person takes the new certificate from the API",
  "api/api states:SendTaskFailure": "a person declines a task through the API",
  "api/api states:SendTaskHeartbeat":
    "nobody knows whether an earlier decision arrived: tests/flows/lost-answers.test.ts",
  "connect/configure-provisioning secretsmanager:UpdateSecretVersionStage scimToken":
    "a connect that is repeated with another token: tests/simulation/crash.test.ts",
  ...Object.fromEntries(OPENERS.map((name) => [`${name} dynamodb:GetItem task`, WITHDRAWS])),
  "drain-changes/abandon-changes dynamodb:DeleteItem drain-turn": "a drain fails",
  "drain-changes/abandon-changes dynamodb:GetItem drain-turn": "a drain fails",
  "drain-changes/claim-changes states:DescribeExecution": "another drain seems to be at work",
  "events/keep-subscriptions dynamodb:GetItem run-start": DELTA,
  "events/keep-subscriptions dynamodb:UpdateItem dirty": DELTA,
  "events/keep-subscriptions dynamodb:UpdateItem run-start": DELTA,
  "events/keep-subscriptions states:StartExecution": DELTA,
  "sync-access/discard-proposal s3:DeleteObject policy/proposed/*": "an approver declines a proposal",
  "sync-access/promote-policy dynamodb:GetItem policy-version": "promoting is repeated after a crash",
  "sync-access/apply-assignments identitystore:ListUsers": NAMES_USERS,
  "sync-access/ensure-provisioned identitystore:ListUsers": NAMES_USERS,
  "sync-access/provision-permission-sets s3:GetObject sync-access/provisioning/*":
    "roles of more accounts than one invocation can bring up to date: provision-permission-sets.test.ts",
  "sync-access/verify-access identitystore:ListUsers": NAMES_USERS,
  "sync-access/verify-access sso:ListAccountsForProvisionedPermissionSet": DELEGATED,
};

/** Not run by the recording runner. */
const UNRECORDED: Readonly<Record<string, string>> = {
  "events/graph-webhook":
    "answers HTTP, not events: its three calls are in functions/_shared/graph-webhook.test.ts",
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
      return [...actions]
        .filter((action) => !granted.some((one) => covers(one, action)))
        .map((action) => `${name}: ${action}`);
    });
    expect(refused).toEqual([]);
  });

  it.skipIf(missing.length > 0)(`is all that is allowed, but for what is rare${skipped}`, () => {
    const idle = Object.keys(PERMISSIONS)
      .filter((name) => !(name in UNRECORDED))
      .flatMap((name) =>
        visible(grantsOf(name, SIGN_IN))
          .filter((action) => ![...(calls.get(name) ?? [])].some((call) => covers(action, call)))
          .map((action) => ({ name, action })),
      );
    const unexplained = idle.filter(
      ({ name, action }) => !(action in RARE) && !(`${name} ${action}` in RARE),
    );
    expect(unexplained.map(({ name, action }) => `${name} ${action}`)).toEqual([]);
  });

  it("is granted where it is called rare", () => {
    const granted = Object.keys(PERMISSIONS).flatMap((name) =>
      visible(grantsOf(name, SIGN_IN)).flatMap((action) => [action, `${name} ${action}`]),
    );
    expect(Object.keys(RARE).filter((key) => !granted.includes(key))).toEqual([]);
  });
});

/** The grants that a request would show: `dynamodb:GetItem connection`, `s3:PutObject sync-access/plan/*`. */
function visible(grants: readonly Grant[]): string[] {
  return grants
    .filter(({ invisible }) => !invisible)
    .flatMap((grant) => {
      const subjects = subjectsOf(grant);
      return grant.actions.flatMap(
        (action) => subjects?.map((subject) => `${action} ${subject}`) ?? [action],
      );
    });
}

/** Null where a call does not name what it is about. */
function subjectsOf({ on, kinds, keys }: Grant): readonly string[] | null {
  const named = on.flatMap((target) => NAMES[target] ?? []);
  return kinds ?? keys ?? (named.length > 0 ? named : null);
}

/** @param granted may end with `*`, for anything */
function covers(granted: string, called: string): boolean {
  return granted.endsWith("*") ? called.startsWith(granted.slice(0, -1)) : called === granted;
}
