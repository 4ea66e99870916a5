import { PERMISSION_SET_WRITES } from "./read-identity-center-call.ts";

/** A rule of the default event bus whose events go to `events/mark-changes`. */
export interface EventRule {
  /** Unique; follows the name of the deployment. */
  readonly name: string;
  readonly description: string;
  /** Event pattern of EventBridge. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** Where such events appear: in the instance's region, or in us-east-1, from where they are forwarded. */
  readonly appearsIn: "home" | "us-east-1";
}

const BY_CLOUD_TRAIL = ["AWS API Call via CloudTrail", "AWS Service Event via CloudTrail"];

/**
 * The rules that react to AWS events. The deployment and the sandbox build their rules from them. Events that
 * CloudTrail delivers are best effort and need a trail; every event is only a hint.
 */
export function eventRules({
  bucketName,
  policyKey,
  executionPrefix,
}: {
  readonly bucketName: string;
  readonly policyKey: string;
  /** ARN of every execution of the deployment, up to the name of its flow. */
  readonly executionPrefix: string;
}): readonly EventRule[] {
  return [
    {
      name: "identity-store",
      description: "Native events of the identity store; its CloudTrail events have the same source",
      appearsIn: "home",
      pattern: {
        source: ["aws.identitystore"],
        // The names of membership events are unknown, and they are not requested: no assignment depends on them.
        "detail-type": ["Group Created", "Group Updated", "Group Deleted", "User Created", "User Deleted"],
      },
    },
    {
      name: "scim",
      // The `source` of these is not documented.
      description: "What Entra's provisioning writes to the SCIM endpoint",
      appearsIn: "home",
      pattern: {
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["identitystore-scim.amazonaws.com"],
          eventName: ["CreateGroup", "PatchGroup", "DeleteGroup", "CreateUser", "DeleteUser"],
        },
      },
    },
    {
      name: "directory-by-hand",
      description: "Users, groups, memberships and provisioning settings that somebody changes in AWS",
      appearsIn: "home",
      pattern: {
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["identitystore.amazonaws.com", "sso-directory.amazonaws.com"],
          eventName: ["Create", "Update", "Delete", "Add", "Remove", "Enable", "Disable", "Import"].map(
            (prefix) => ({ prefix }),
          ),
        },
      },
    },
    {
      name: "assignments-by-hand",
      description: "Changes of assignments and permission sets; Landbridge ignores its own changes later",
      appearsIn: "home",
      pattern: {
        source: ["aws.sso"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["sso.amazonaws.com"],
          eventName: ["CreateAccountAssignment", "DeleteAccountAssignment", ...PERMISSION_SET_WRITES],
        },
      },
    },
    {
      name: "accounts",
      description: "Accounts that join, leave, move, are closed or tagged, and units that are renamed",
      appearsIn: "us-east-1",
      pattern: {
        source: ["aws.organizations"],
        "detail-type": BY_CLOUD_TRAIL,
        detail: {
          eventSource: ["organizations.amazonaws.com"],
          eventName: [
            "CreateAccountResult",
            "CloseAccountResult",
            "MoveAccount",
            "AccountJoinedOrganization",
            "AccountDepartedOrganization",
            "TagResource",
            "UntagResource",
            "UpdateOrganizationalUnit",
          ],
        },
      },
    },
    {
      name: "control-tower",
      description: "Accounts that AWS Control Tower has made or changed",
      appearsIn: "home",
      pattern: {
        source: ["aws.controltower"],
        "detail-type": ["AWS Service Event via CloudTrail"],
        detail: { eventName: ["CreateManagedAccount", "UpdateManagedAccount"] },
      },
    },
    {
      name: "scim-token-expiry",
      description: "AWS Health announces the end of a SCIM token",
      appearsIn: "home",
      pattern: {
        source: ["aws.health"],
        "detail-type": ["AWS Health Event"],
        detail: {
          service: ["IAMIDENTITYCENTER"],
          eventTypeCode: ["AWS_IAMIDENTITYCENTER_SCIM_BEARER_TOKEN_EXPIRY_NOTIFICATION"],
        },
      },
    },
    {
      name: "policy-changed",
      description: "A new version of the access policy",
      appearsIn: "home",
      pattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: [bucketName] }, object: { key: [policyKey] } },
      },
    },
    {
      name: "run-started",
      description: "Who starts a flow: they do not approve its plan",
      appearsIn: "home",
      pattern: {
        source: ["aws.states"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["states.amazonaws.com"],
          eventName: ["StartExecution"],
          responseElements: { executionArn: [{ prefix: executionPrefix }] },
        },
      },
    },
  ];
}
