import type { RecordKind } from "@landbridge/core";

/** The resource of a statement; `targets.ts` knows the ARNs. */
export type Target =
  | "table"
  | "policy"
  | "proposals"
  | "bucket"
  | "scimToken"
  | "taskKey"
  | "clientSecret"
  | "key"
  | "signInRole"
  | "instance"
  | "permissionSets"
  | "accounts"
  | "identityStore"
  | "organization"
  | "stateMachines"
  | "executions"
  | "drainChanges"
  | "syncAccess"
  | "markFunction"
  | "keepFunction"
  | "bus"
  | "everything";

export interface Grant {
  readonly actions: readonly string[];
  readonly on: readonly Target[];
  /** Why it is needed; for `everything` also why nothing narrower is possible. */
  readonly why: string;
  /** For records: only these kinds in the table (condition `dynamodb:LeadingKeys`). */
  readonly kinds?: readonly RecordKind[];
  /** For objects: keys in the bucket; `*` matches anything. */
  readonly keys?: readonly string[];
  /** AWS does it on the caller's behalf or requires it in addition: no request of the function shows it. */
  readonly invisible?: true;
}

export function grant(actions: string | string[], on: Target | Target[], why: string): Grant {
  return { actions: [actions].flat(), on: [on].flat(), why };
}

const decrypt: Grant = {
  ...grant("kms:Decrypt", "key", "Secrets Manager decrypts with the caller's permission"),
  invisible: true,
};
const encrypt: Grant = {
  ...grant("kms:GenerateDataKey", "key", "Secrets Manager encrypts with the caller's permission"),
  invisible: true,
};
export const tellMissing: Grant = {
  ...grant(
    "s3:ListBucket",
    "bucket",
    "without it S3 says 403 instead of 404 for an object that is not there (GetObject)",
  ),
  invisible: true,
};

/** Groups calls by purpose. A function's permissions are a list of these, of records and of objects (`data-grants.ts`). */
export const GRANTS = {
  readPolicy: [grant("s3:GetObject", "policy", "reads the access policy"), tellMissing],
  readPolicyVersion: [
    grant("s3:GetObjectVersion", "policy", "reads the version of the policy that a run has pinned"),
  ],
  readProposal: [grant("s3:GetObject", "proposals", "finds a policy that somebody proposes"), tellMissing],
  readProposalVersion: [
    grant("s3:GetObjectVersion", "proposals", "reads the version of a proposal that a run has pinned"),
  ],
  writeProposal: [grant("s3:PutObject", "proposals", "keeps a policy that somebody proposes")],
  discardProposal: [grant("s3:DeleteObject", "proposals", "removes a proposal that was declined")],
  promotePolicy: [grant("s3:PutObject", "policy", "puts a proposal in force")],

  readScimToken: [grant("secretsmanager:GetSecretValue", "scimToken", "reads the SCIM token"), decrypt],
  addScimToken: [
    grant(
      "secretsmanager:PutSecretValue",
      "scimToken",
      "stores a SCIM token that was typed in, as a new version",
    ),
    encrypt,
    decrypt,
  ],
  promoteScimToken: [
    grant(
      ["secretsmanager:DescribeSecret", "secretsmanager:UpdateSecretVersionStage"],
      "scimToken",
      "labels the version that Entra uses as current",
    ),
  ],
  sealTokens: [
    grant("secretsmanager:GetSecretValue", "taskKey", "reads the key that task tokens are sealed with"),
    decrypt,
  ],

  signInSecretless: [grant("sts:AssumeRole", "signInRole", "becomes the one role that Entra trusts")],
  signInWithSecret: [
    grant("secretsmanager:GetSecretValue", "clientSecret", "reads the app registration's client secret"),
    decrypt,
  ],

  findInstance: [
    grant("sso:ListInstances", "everything", "finds the instance; the action knows no resource"),
    grant("sso:DescribeInstance", "instance", "reads the instance's owner and identity store"),
  ],
  listPermissionSets: [grant("sso:ListPermissionSets", "instance", "lists permission sets")],
  describePermissionSets: [
    grant("sso:DescribePermissionSet", ["instance", "permissionSets"], "reads a permission set's name"),
  ],
  readPermissionSets: [
    grant(
      [
        "sso:GetInlinePolicyForPermissionSet",
        "sso:GetPermissionsBoundaryForPermissionSet",
        "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
        "sso:ListManagedPoliciesInPermissionSet",
      ],
      ["instance", "permissionSets"],
      "reads what a permission set allows",
    ),
  ],
  readTags: [
    grant("sso:ListTagsForResource", ["instance", "permissionSets"], "reads tags that the policy sets"),
  ],
  readAssignmentsOfPrincipal: [
    grant(
      "sso:ListAccountAssignmentsForPrincipal",
      ["instance"],
      "reads the assignments of a group or user, in the management account",
    ),
  ],
  readAssignmentsOfSets: [
    grant(
      ["sso:ListAccountAssignments", "sso:ListAccountsForProvisionedPermissionSet"],
      ["instance", "permissionSets", "accounts"],
      "reads the assignments of a permission set, account by account",
    ),
  ],
  readAssignmentsOfPlaces: [
    grant(
      "sso:ListAccountAssignments",
      ["instance", "permissionSets", "accounts"],
      "looks up who has a permission set in an account",
    ),
  ],
  readAssignmentsOfAccounts: [
    grant(
      "sso:ListPermissionSetsProvisionedToAccount",
      ["instance", "accounts"],
      "reads which permission sets an account has",
    ),
    grant(
      "sso:ListAccountAssignments",
      ["instance", "permissionSets", "accounts"],
      "reads the assignments of an account, set by set",
    ),
  ],
  listAccountsOfSets: [
    grant(
      "sso:ListAccountsForProvisionedPermissionSet",
      ["instance", "permissionSets"],
      "finds accounts whose role of a permission set is out of date",
    ),
  ],
  writeAssignments: [
    grant(
      ["sso:CreateAccountAssignment", "sso:DeleteAccountAssignment"],
      ["instance", "permissionSets", "accounts"],
      "grants and removes access",
    ),
  ],
  followAssignments: [
    grant(
      [
        "sso:DescribeAccountAssignmentCreationStatus",
        "sso:DescribeAccountAssignmentDeletionStatus",
        "sso:ListAccountAssignmentCreationStatus",
        "sso:ListAccountAssignmentDeletionStatus",
      ],
      "instance",
      "learns its result",
    ),
  ],
  listAssignmentOperations: [
    grant(
      ["sso:ListAccountAssignmentCreationStatus", "sso:ListAccountAssignmentDeletionStatus"],
      "instance",
      "sees whether operations of a run that was stopped are still in progress",
    ),
  ],
  writePermissionSets: [
    grant(
      ["sso:CreatePermissionSet", "sso:TagResource", "sso:UntagResource"],
      ["instance", "permissionSets"],
      "creates permission sets that the policy declares",
    ),
    grant(
      [
        "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
        "sso:AttachManagedPolicyToPermissionSet",
        "sso:DeleteInlinePolicyFromPermissionSet",
        "sso:DeletePermissionsBoundaryFromPermissionSet",
        "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
        "sso:DetachManagedPolicyFromPermissionSet",
        "sso:PutInlinePolicyToPermissionSet",
        "sso:PutPermissionsBoundaryToPermissionSet",
        "sso:UpdatePermissionSet",
      ],
      ["instance", "permissionSets"],
      "updates permission sets to what the policy declares",
    ),
  ],
  provisionPermissionSets: [
    grant(
      "sso:ProvisionPermissionSet",
      ["instance", "permissionSets", "accounts"],
      "updates the roles of a permission set in the accounts that have it",
    ),
    grant("sso:DescribePermissionSetProvisioningStatus", "instance", "waits for it"),
  ],
  deletePermissionSets: [
    grant(
      "sso:DeletePermissionSet",
      ["instance", "permissionSets"],
      "deletes permission sets that Landbridge made",
    ),
  ],

  listGroups: [grant("identitystore:ListGroups", "identityStore", "finds groups that Entra brought")],
  listUsers: [grant("identitystore:ListUsers", "identityStore", "finds users that Entra brought")],

  readOrganization: [
    grant(
      ["organizations:DescribeOrganization", "organizations:ListAccounts", "organizations:ListRoots"],
      "everything",
      "reads the accounts; the actions support no resource",
    ),
    grant("organizations:ListOrganizationalUnitsForParent", "organization", "reads the organizational units"),
  ],
  readAccountTags: [
    grant("organizations:ListTagsForResource", "organization", "reads tags that rules select by"),
  ],

  startDrain: [grant("states:StartExecution", "drainChanges", "starts the drain of this minute")],
  startSync: [
    grant("states:StartExecution", "syncAccess", "starts a run that nobody in particular asks for"),
  ],
  startFlows: [grant("states:StartExecution", "stateMachines", "starts a flow")],
  listExecutions: [grant("states:ListExecutions", "stateMachines", "lists runs")],
  readExecutions: [
    grant(
      ["states:DescribeExecution", "states:GetExecutionHistory"],
      "executions",
      "reads a run and its history",
    ),
  ],
  describeExecutions: [grant("states:DescribeExecution", "executions", "learns whether a run still runs")],
  stopExecutions: [grant("states:StopExecution", "executions", "ends a run")],
  answerTasks: [
    grant(
      ["states:SendTaskFailure", "states:SendTaskSuccess"],
      "stateMachines",
      "answers a state that waits for a person",
    ),
  ],
  supersedeTasks: [
    grant("states:SendTaskFailure", "stateMachines", "ends the wait for the approval of an older plan"),
  ],
  keepTasksAlive: [
    grant(
      "states:SendTaskHeartbeat",
      "stateMachines",
      "keeps a state waiting for a person, asks if it waits",
    ),
  ],

  publishEvents: [grant("events:PutEvents", "bus", "tells on the deployment's bus what it did")],
  handOverNotices: [grant("lambda:InvokeFunction", "markFunction", "hands notices of changed groups over")],
  handOverLifecycle: [
    grant("lambda:InvokeFunction", "keepFunction", "hands over what Graph says of a subscription"),
  ],
} as const satisfies Record<string, readonly Grant[]>;

export type GrantName = keyof typeof GRANTS;
