/** Who has to act: the person running Landbridge, the other side of the wire, or its developers. */
export type Fault = "user" | "remote" | "bug";

interface ErrorFacts {
  readonly fault: Fault;
  /** Whether doing the very same thing again, later, may succeed. ASL `Retry` lists exactly these. */
  readonly retryable: boolean;
  /** What the reader of the error can do about it. */
  readonly remedy: string;
}

/**
 * Every failure that a flow knows. The key is the contract: it is the `errorType` of the Lambda, what ASL
 * `Retry` and `Catch` match on, and what documentation and CLI show. Never rename one.
 */
export const ERRORS = {
  Throttled: {
    fault: "remote",
    retryable: true,
    remedy: "Nothing: the step is repeated. If it persists, ask who else calls this API.",
  },
  ServiceUnavailable: {
    fault: "remote",
    retryable: true,
    remedy: "Run the flow again; finished steps change nothing the second time.",
  },
  ConflictingOperation: {
    fault: "remote",
    retryable: true,
    remedy: "Nothing: the step is repeated once the earlier operation has finished.",
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
    remedy: "Run the flow again. Nothing is deleted on the strength of an incomplete read.",
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
    remedy: "Nothing: somebody stopped the execution. Start the flow again when you want it to go on.",
  },
  StoredObjectChanged: {
    fault: "remote",
    retryable: false,
    remedy: "Find out in CloudTrail who else writes to the deployment's bucket, then start the flow again.",
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
      "Bring what is in force now into your file, then plan and propose it again: npm run landbridge -- apply --policy <file>.",
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
      "End the pause when its reason, which the message says, is gone: npm run landbridge -- resume, or in the access policy or LANDBRIDGE_PAUSED. Then access is brought up to date by itself.",
  },
  AccessDenied: {
    fault: "user",
    retryable: false,
    remedy: "Give the function's role the action that the message names.",
  },
  ConsentMissing: {
    fault: "user",
    retryable: false,
    remedy: "Grant the Microsoft Graph application permissions that the message names, with admin consent.",
  },
  LicenceMissing: {
    fault: "user",
    retryable: false,
    remedy: "Assigning groups to an application needs Microsoft Entra ID P1 or P2.",
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
    remedy: "Name a file that `npm run landbridge -- plan --out` has written.",
  },
  PlanFileUnknownVersion: {
    fault: "user",
    retryable: false,
    remedy: "Plan again with this version of Landbridge.",
  },
  PlanFileEdited: {
    fault: "user",
    retryable: false,
    remedy: "A plan is not to be edited: change the access policy and plan again.",
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
      "Run `npm run landbridge -- rotate certificate`: it makes a new signing certificate and has AWS trust it first.",
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
      "Copy the SCIM endpoint from IAM Identity Center, Settings, Automatic provisioning. If nobody has just given one, somebody has changed the connection record: find out who, then run connect, which asks for it again.",
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
      "Take the token from the instance that is connected; after automatic provisioning was enabled anew, run connect.",
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
    remedy: "Nothing: the flow has already gone on with the first answer.",
  },
  TaskExpired: {
    fault: "user",
    retryable: false,
    remedy: "Start the flow again when somebody can do the step; what is done already is kept.",
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
      "Ask somebody else to approve: whoever starts a run does not approve its plan. Sign in as whoever started it did (both with AWS, or both with Entra), so that two people can be told apart. The task is still open.",
  },
  ApproverIsAuthor: {
    fault: "user",
    retryable: false,
    remedy:
      "Ask somebody else to approve: whoever wrote or proposed a policy does not approve what it does. If you are another person, sign in as the author did (both with AWS, or both with Entra), so that two people can be told apart. The task is still open.",
  },
  ApproverNotNamed: {
    fault: "user",
    retryable: false,
    remedy:
      "Ask one of those whom LANDBRIDGE_APPROVERS names, or name approvers there, deploy, and start sync-access once, which tells the open task. Propose a policy with apply instead of copying it into the bucket, and its author is known. The task is still open.",
  },
  OperatorDeclined: {
    fault: "user",
    retryable: false,
    remedy: "Start the flow again when the step may be done; what is done already is kept.",
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
    remedy: "Run connect first: this flow keeps up what connect has set up.",
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
    remedy: "Look at the provisioning job in Entra; run the flow again once its cycles go well.",
  },
  VerificationFailed: {
    fault: "remote",
    retryable: false,
    remedy: "Run sync-access again; the report lists what differs.",
  },
  FlowNotFound: {
    fault: "user",
    retryable: false,
    remedy: "Name a flow of this deployment; LANDBRIDGE_STATE_MACHINE_PREFIX says where they are.",
  },
  ExecutionNotFound: {
    fault: "user",
    retryable: false,
    remedy: "List the executions of the flow: Step Functions forgets them 90 days after their end.",
  },
  ExecutionConflict: {
    fault: "user",
    retryable: false,
    remedy: "Use another name, or idempotency key, for another request.",
  },
  WebhookRefused: {
    fault: "user",
    retryable: false,
    remedy: "Make LANDBRIDGE_WEBHOOK_URL reachable from the internet, then wait an hour.",
  },
  EventNotUnderstood: {
    fault: "bug",
    retryable: false,
    remedy: "Look at the event in the dead-letter queue; the scheduled full run does what it stood for.",
  },
  InvalidStepInput: {
    fault: "bug",
    retryable: false,
    remedy: "Compare the execution's input with the examples of the flow.",
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
  /** What the remote side asked for, when it did (HTTP `Retry-After`). */
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
