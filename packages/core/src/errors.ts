import type { ErrorFacts, Fault } from "./error-facts.ts";

/**
 * Every failure that a flow knows. The key is the contract: it is the `errorType` of the Lambda, what ASL
 * `Retry` and `Catch` match on, and what documentation and CLI show. Never rename one.
 */
export const ERRORS = {
  Throttled: {
    fault: "remote",
    retryable: true,
    remedy: "Nothing: the step is retried. If the error persists, find out who else calls this API.",
  },
  ServiceUnavailable: {
    fault: "remote",
    retryable: true,
    remedy: "Run the flow again; finished steps are not repeated.",
  },
  ConflictingOperation: {
    fault: "remote",
    retryable: true,
    remedy: "Nothing: the step is retried when the earlier operation has finished.",
  },
  NotPropagatedYet: {
    fault: "remote",
    retryable: true,
    remedy: "Run the flow again in a few minutes; the object exists but is not visible yet.",
  },
  QuotaExceeded: {
    fault: "user",
    retryable: false,
    remedy: "Stay below the quota that the message names, or ask AWS Support to raise it.",
  },
  IncompleteRead: {
    fault: "remote",
    retryable: true,
    remedy: "Run the flow again. Nothing is deleted after an incomplete read.",
  },
  AnotherRunActive: {
    fault: "user",
    retryable: true,
    remedy: "Wait for the running sync-access to finish, then run it again.",
  },
  RunOvertaken: {
    fault: "remote",
    retryable: false,
    remedy: "Nothing: the run reads everything again. If a flow ends with this error, start the flow again.",
  },
  RunStopped: {
    fault: "user",
    retryable: false,
    remedy: "Nothing: somebody stopped the execution. To continue, start the flow again.",
  },
  StoredObjectChanged: {
    fault: "remote",
    retryable: false,
    remedy: "Find out in CloudTrail who else writes to the deployment's bucket, then start the flow again.",
  },
  RecordTooNew: {
    fault: "user",
    retryable: false,
    remedy: "Deploy the newer version of Landbridge again: this one would misread what it stored.",
  },
  StoredRecordInvalid: {
    fault: "remote",
    retryable: false,
    remedy: "Correct the field that the message names, and find out who else writes to table and bucket.",
  },
  PolicyMissing: {
    fault: "user",
    retryable: false,
    remedy: "Put an access policy in force: npm run landbridge -- apply --policy <file>.",
  },
  ProposalNotFound: {
    fault: "user",
    retryable: false,
    remedy: "Propose the policy again: npm run landbridge -- apply --policy <file>.",
  },
  ProposalStale: {
    fault: "user",
    retryable: false,
    remedy:
      "Merge the policy now in force into your file, then plan and propose it again: npm run landbridge -- apply --policy <file>.",
  },
  PlanSuperseded: {
    fault: "user",
    retryable: false,
    remedy: "Look at the newer plan: npm run landbridge -- tasks.",
  },
  SyncPaused: {
    fault: "user",
    retryable: false,
    remedy:
      "End the pause when the reason in the message no longer applies: npm run landbridge -- resume, or change the access policy or LANDBRIDGE_PAUSED. Access is then updated automatically.",
  },
  AccessDenied: {
    fault: "user",
    retryable: false,
    remedy: "Allow the function's role the action that the message names.",
  },
  ConsentMissing: {
    fault: "user",
    retryable: false,
    remedy: "Grant the Microsoft Graph application permissions that the message names, with admin consent.",
  },
  LicenceMissing: {
    fault: "user",
    retryable: false,
    remedy: "Buy Microsoft Entra ID P1 or P2: assigning groups to an application requires it.",
  },
  InstanceNotFound: {
    fault: "user",
    retryable: false,
    remedy: "Enable the organization instance of IAM Identity Center, or deploy to its region and account.",
  },
  ApplicationAmbiguous: {
    fault: "user",
    retryable: false,
    remedy: "Rename or delete one of the enterprise applications, or set another application name.",
  },
  ApplicationOfAnotherInstance: {
    fault: "user",
    retryable: false,
    remedy: "Use another application name, or clear that one's identifier if nobody signs in with it.",
  },
  PrerequisitesMissing: {
    fault: "user",
    retryable: false,
    remedy: "Fix every point that the message lists, then run connect again; nothing has been changed.",
  },
  ScopeUnknown: {
    fault: "user",
    retryable: false,
    remedy:
      "Correct the ids that the message names: AWS Organizations lists the accounts, Entra and IAM Identity Center the groups. Nothing was changed.",
  },
  PlanFileInvalid: {
    fault: "user",
    retryable: false,
    remedy: "Name a file written by `npm run landbridge -- plan --out`.",
  },
  PlanFileUnknownVersion: {
    fault: "user",
    retryable: false,
    remedy: "Plan again with this version of Landbridge.",
  },
  PlanFileEdited: {
    fault: "user",
    retryable: false,
    remedy: "Do not edit a plan file: change the access policy and plan again.",
  },
  PlanForAnotherInstance: {
    fault: "user",
    retryable: false,
    remedy: "Use the AWS credentials of the account that the plan was made for, or plan again here.",
  },
  PlanStale: {
    fault: "user",
    retryable: false,
    remedy: "Plan again, read the new plan, and apply that one.",
  },
  PolicyInvalid: {
    fault: "user",
    retryable: false,
    remedy: "Correct the lines that the message lists in the access policy.",
  },
  MetadataInvalid: {
    fault: "user",
    retryable: false,
    remedy: "Download the metadata file again and answer with it unchanged.",
  },
  MetadataOfAnotherRegion: {
    fault: "user",
    retryable: false,
    remedy: "Switch the AWS console to the region that the message names and download the metadata there.",
  },
  MetadataOfAnotherInstance: {
    fault: "user",
    retryable: false,
    remedy: "Download the metadata file in the account and instance that Landbridge runs for.",
  },
  CertificateExpired: {
    fault: "user",
    retryable: false,
    remedy:
      "Run `npm run landbridge -- rotate certificate`: it creates a new signing certificate, which AWS trusts before Entra uses it.",
  },
  CertificateNotYetValid: {
    fault: "user",
    retryable: false,
    remedy: "Wait until the certificate's first day, or deactivate it in Entra, then run the flow again.",
  },
  ScimEndpointRefused: {
    fault: "user",
    retryable: false,
    remedy:
      "Copy the SCIM endpoint from IAM Identity Center, Settings, Automatic provisioning. If nobody just entered one, somebody changed the connection record: find out who, then run connect, which asks for it again.",
  },
  ScimEndpointOfAnotherRegion: {
    fault: "user",
    retryable: false,
    remedy: "Switch the AWS console to the region of the instance and copy the SCIM endpoint there.",
  },
  ScimTokenRefused: {
    fault: "user",
    retryable: false,
    remedy:
      "Generate an access token in IAM Identity Center, Settings, Automatic provisioning, and answer with it.",
  },
  ScimTokenInUse: {
    fault: "user",
    retryable: false,
    remedy:
      "Generate a new access token in IAM Identity Center, Settings, Automatic provisioning, and answer with that one.",
  },
  ScimEndpointOfAnotherTenant: {
    fault: "user",
    retryable: false,
    remedy:
      "Use a token of the connected instance; if automatic provisioning was enabled again, run connect.",
  },
  OldTokenStillAccepted: {
    fault: "user",
    retryable: false,
    remedy: "Delete the access token that the task names, then answer again; the task is still open.",
  },
  TokenInUseDeleted: {
    fault: "user",
    retryable: false,
    remedy:
      "Generate a new access token and run `npm run landbridge -- rotate token --force`; delete only what the task names.",
  },
  AnswerRefused: {
    fault: "user",
    retryable: false,
    remedy: "Read the task's instructions and answer again; the task is still open.",
  },
  WrongTask: {
    fault: "user",
    retryable: false,
    remedy: "List the open tasks and answer the one that this answer is for; this one is still open.",
  },
  PrincipalNotFound: {
    fault: "user",
    retryable: false,
    remedy: "Give a user principal name, an object id, or a group's exact display name.",
  },
  TaskNotFound: {
    fault: "user",
    retryable: false,
    remedy: "List the open tasks: this one does not exist or has expired.",
  },
  TaskAlreadyAnswered: {
    fault: "user",
    retryable: false,
    remedy: "Nothing: the flow has already continued with the first answer.",
  },
  TaskExpired: {
    fault: "user",
    retryable: false,
    remedy: "Start the flow again when somebody can do the step; the steps already done are kept.",
  },
  TaskTokenUnreadable: {
    fault: "user",
    retryable: false,
    remedy: "Restore the task key's version that sealed it, or stop the execution and start the flow again.",
  },
  ApproverIsRequester: {
    fault: "user",
    retryable: false,
    remedy:
      "Ask somebody else to approve: the person who starts a run may not approve its plan. Sign in the same way as that person (both with AWS, or both with Entra), so that Landbridge can tell two people apart. The task is still open.",
  },
  ApproverIsAuthor: {
    fault: "user",
    retryable: false,
    remedy:
      "Ask somebody else to approve: the author or proposer of a policy may not approve its plan. If you are another person, sign in the same way as the author (both with AWS, or both with Entra), so that Landbridge can tell two people apart. The task is still open.",
  },
  ApproverNotNamed: {
    fault: "user",
    retryable: false,
    remedy:
      "Ask an approver that LANDBRIDGE_APPROVERS names, or name approvers there, deploy, and start sync-access once, which updates the open task. If you propose a policy with apply instead of copying it into the bucket, its author is known. The task is still open.",
  },
  OperatorDeclined: {
    fault: "user",
    retryable: false,
    remedy: "Start the flow again when the step may be done; the steps already done are kept.",
  },
  ProvisioningTemplateNotOffered: {
    fault: "user",
    retryable: false,
    remedy: "Set provisioning to automatic once in the Entra admin center, then run connect again.",
  },
  AttributeMappingUnfit: {
    fault: "user",
    retryable: false,
    remedy: "Correct the attribute mappings that the message lists in Entra, then run again.",
  },
  NotConnected: {
    fault: "user",
    retryable: false,
    remedy: "Run connect first: this flow maintains what connect sets up.",
  },
  TestSignInFailed: {
    fault: "user",
    retryable: false,
    remedy: "Compare the certificates that AWS lists with the one in the message, then rotate again.",
  },
  ProvisioningQuarantined: {
    fault: "user",
    retryable: false,
    remedy: "Fix the cause that Entra names (most often the SCIM token), then run the flow again.",
  },
  ProvisioningTimedOut: {
    fault: "remote",
    retryable: false,
    remedy: "Look at the provisioning job in Entra; run the flow again when its cycles succeed.",
  },
  VerificationFailed: {
    fault: "remote",
    retryable: false,
    remedy: "Run sync-access again; the report lists what differs.",
  },
  FlowNotFound: {
    fault: "user",
    retryable: false,
    remedy: "Name a flow of this deployment, and check LANDBRIDGE_STATE_MACHINE_PREFIX.",
  },
  ExecutionNotFound: {
    fault: "user",
    retryable: false,
    remedy: "List the flow's executions; Step Functions deletes them 90 days after they end.",
  },
  ExecutionConflict: {
    fault: "user",
    retryable: false,
    remedy: "Use a different name or idempotency key for a different request.",
  },
  WebhookRefused: {
    fault: "user",
    retryable: false,
    remedy: "Make LANDBRIDGE_WEBHOOK_URL reachable from the internet, then wait an hour.",
  },
  EventNotUnderstood: {
    fault: "bug",
    retryable: false,
    remedy: "Look at the event in the dead-letter queue; the scheduled full run makes up for it.",
  },
  InvalidStepInput: {
    fault: "bug",
    retryable: false,
    remedy: "Compare the execution's input with the flow's examples.",
  },
  Unexpected: {
    fault: "bug",
    retryable: false,
    remedy: "Report it with the execution's name: this failure is not known to Landbridge.",
  },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorName = keyof typeof ERRORS;

interface FlowErrorOptions {
  readonly cause?: unknown;
  /** The wait that the remote side asked for, if any (HTTP `Retry-After`). */
  readonly retryAfterSeconds?: number;
}

/** The only error class of Landbridge: `name` is a literal and says, through {@link ERRORS}, everything else. */
export class FlowError<N extends ErrorName = ErrorName> extends Error {
  override readonly name: N;
  readonly fault: Fault;
  readonly retryable: boolean;
  readonly remedy: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(name: N, message: string, options: FlowErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = name;
    this.fault = ERRORS[name].fault;
    this.retryable = ERRORS[name].retryable;
    this.remedy = ERRORS[name].remedy;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Narrows an unknown to a known failure, of one name when given. */
export function isFlowError<N extends ErrorName = ErrorName>(
  error: unknown,
  ...names: N[]
): error is FlowError<N> {
  return error instanceof FlowError && (names.length === 0 || (names as string[]).includes(error.name));
}
