import type { Severity } from "../model/concern.ts";

type Level = Exclude<Severity, "ok">;

interface FindingFacts {
  /** The possible severities; the first applies unless the check says otherwise. */
  readonly severities: readonly [Level, ...Level[]];
  /** Why it matters. */
  readonly why: string;
  /** What to do: a command, a flow to run, or a page. */
  readonly remedy: string;
}

/** Everything that the watch can find, by its stable code. `docs/health.md` has the same table. */
export const FINDINGS = {
  NotConnected: {
    severities: ["critical"],
    why: "Nothing is provisioned and nobody signs in through Entra.",
    remedy: "Run the flow connect to completion; it continues where it stopped.",
  },
  InstanceReplaced: {
    severities: ["critical"],
    why: "The connection record belongs to another instance: it does not describe this one.",
    remedy: "Run the flow connect against the new instance.",
  },
  ScimTokenExpiring: {
    severities: ["notice", "warning", "critical"],
    why: "On that day provisioning stops: nobody new gets in, and nobody who leaves is removed.",
    remedy:
      "Run `npm run landbridge -- rotate token` and answer its task; from 60 days before, the daily run opens the task itself.",
  },
  ScimTokenExpired: {
    severities: ["critical"],
    why: "Provisioning has stopped: nobody new gets in, and nobody who leaves is removed.",
    remedy: "Run `npm run landbridge -- rotate token` now; it also ends the job's quarantine.",
  },
  ScimTokenRefused: {
    severities: ["critical"],
    why: "AWS refuses the token that Entra provisions with: somebody deleted it or turned provisioning off.",
    remedy:
      "Run `npm run landbridge -- rotate token`; if provisioning was turned off, enable it in IAM Identity Center, Settings, first.",
  },
  ScimEndpointRefused: {
    severities: ["critical"],
    why: "The connection record names a SCIM endpoint that is not AWS's: somebody changed it. No token was sent there.",
    remedy:
      "Find out who wrote the connection record, then run the flow connect: it asks for endpoint and token again.",
  },
  CertificateExpiring: {
    severities: ["warning", "critical"],
    why: "When Entra signs with a certificate that AWS does not know, nobody can sign in to AWS.",
    remedy:
      "Run `npm run landbridge -- rotate certificate`; AWS can hold the old and the new one at the same time.",
  },
  CertificateExpired: {
    severities: ["critical"],
    why: "AWS refuses sign-ins signed with an expired certificate, and Entra may sign with another one that AWS does not know.",
    remedy:
      "Run `npm run landbridge -- rotate certificate` now. Until then, people can sign in only as your break-glass users.",
  },
  CertificateMissing: {
    severities: ["critical"],
    why: "Entra has no active certificate to sign with: nobody can sign in.",
    remedy: "Run the flow connect again; it creates and activates one.",
  },
  CertificateNotUploaded: {
    severities: ["critical"],
    why: "As far as Landbridge knows, the certificate that Entra signs with was not uploaded to AWS: sign-ins fail.",
    remedy:
      "Upload Entra's federation metadata in IAM Identity Center, or activate the former certificate in Entra.",
  },
  GraphCredentialExpiring: {
    severities: ["warning", "critical"],
    why: "From that day Landbridge cannot sign in to Microsoft Graph, and no flow works.",
    remedy:
      "Add a new client secret to the app registration and store it, or change to a federated credential.",
  },
  GraphSignInRefused: {
    severities: ["critical"],
    why: "Landbridge cannot sign in to Microsoft Graph: no flow works.",
    remedy:
      "Correct the app registration's credential as the finding says, then test it with `npm run landbridge -- doctor`.",
  },
  FederatedCredentialMismatch: {
    severities: ["critical"],
    why: "Entra accepts AWS's token only if its issuer, subject and audience exactly match a federated credential.",
    remedy: "Set the app registration's federated credential to the values that the finding names.",
  },
  SubscriptionMissing: {
    severities: ["warning"],
    why: "Changes in Entra reach AWS with the next scheduled run instead of within minutes.",
    remedy:
      "Look at the log of the function that keeps the subscription: Graph may have refused the webhook.",
  },
  SubscriptionExpiring: {
    severities: ["warning"],
    why: "It is renewed halfway through its lifetime, so its renewal has failed. After it expires, changes wait for the next scheduled run.",
    remedy: "Look at the log of the function that keeps the subscription.",
  },
  SubscriptionExpired: {
    severities: ["warning"],
    why: "Microsoft Graph no longer sends change notifications: changes wait for the next scheduled run.",
    remedy: "Look at the log of the function that keeps the subscription; it creates a new one.",
  },
  JobQuarantined: {
    severities: ["critical"],
    why: "Entra retries only once a day, and disables the job permanently after 28 days.",
    remedy:
      "Fix the cause that Entra names: for a refused token run `npm run landbridge -- rotate token`; otherwise run the flow connect again.",
  },
  JobDisabled: {
    severities: ["critical"],
    why: "Entra has disabled the job: no cycle runs by itself.",
    remedy: "Fix the cause that Entra names, then run the flow connect again: it starts the job.",
  },
  JobPaused: {
    severities: ["warning"],
    why: "Somebody has paused the job: nobody new gets in, and nobody who leaves is removed.",
    remedy: "Start provisioning in the Entra admin center, or run the flow connect again.",
  },
  JobNotStarted: {
    severities: ["warning"],
    why: "The first cycle has not finished yet; it can take several hours.",
    remedy: "Wait for it; if there is no progress, run the flow connect again.",
  },
  JobStalled: {
    severities: ["warning"],
    why: "Cycles run about every 40 minutes; this job reports that it is active but has not run for a day.",
    remedy: "Look at Microsoft's service health, then restart provisioning in the Entra admin center.",
  },
  ObjectsNotProvisioned: {
    severities: ["warning"],
    why: "They have no access in AWS, or not yet what they should have; Entra retries less and less often.",
    remedy:
      "In Entra, correct the attribute named for each, then run `npm run landbridge -- provision` for it.",
  },
  GroupsNotSecurityEnabled: {
    severities: ["warning"],
    why: "Entra provisions only security-enabled groups: rules for these groups give nobody access.",
    remedy: "Use a security group in the access policy, or enable security for the group.",
  },
  GroupsNestedOnly: {
    severities: ["warning"],
    why: "They are in scope only as members of another group, and Entra does not provision nested groups.",
    remedy: "Assign them directly to the enterprise application; the next run of sync-access does it.",
  },
  PrincipalsNotAssigned: {
    severities: ["warning"],
    why: "Entra provisions only users and groups that are assigned to the enterprise application.",
    remedy: "Run the flow sync-access, which assigns them, and do not remove its assignments in Entra.",
  },
  NestedMembersLeftOut: {
    severities: ["notice"],
    why: "Entra and AWS use direct members only: a member of a nested group gets nothing through the outer group.",
    remedy: "To include their members, set nested: expand in the rule, or name the inner groups in it.",
  },
  PrincipalsNotArrived: {
    severities: ["warning"],
    why: "A rule names them, but AWS does not know them: they have no access.",
    remedy: "Run `npm run landbridge -- provision` for each; it says what prevents it.",
  },
  AccessDrift: {
    severities: ["warning"],
    why: "Access in AWS differs from the access policy: somebody changed it by hand, or a run could not finish.",
    remedy:
      "Read `npm run landbridge -- drift`, then run `npm run landbridge -- apply`, or change the access policy.",
  },
  RolesOutOfDate: {
    severities: ["warning"],
    why: "People in these accounts still have the permissions from before the permission set's last change.",
    remedy: "Run `npm run landbridge -- apply`; its report names each role that AWS could not update.",
  },
  ForeignAccess: {
    severities: ["notice"],
    why: "Landbridge did not create these assignments and may not remove them; no rule explains them.",
    remedy: "Add them to the access policy with `npm run landbridge -- adopt`, or remove them by hand.",
  },
  PolicyUnusable: {
    severities: ["critical"],
    why: "Every run of sync-access fails on it: no access is given and none is removed.",
    remedy:
      "Correct the lines that the finding names in the access policy; `npm run landbridge -- plan` checks it.",
  },
  NeverSynced: {
    severities: ["warning"],
    why: "Access in AWS has never been compared with the access policy and updated to match it.",
    remedy: "Run `npm run landbridge -- apply`, or the flow sync-access.",
  },
  SyncOverdue: {
    severities: ["warning", "critical"],
    why: "The daily run corrects what missed events leave behind, and it no longer succeeds.",
    remedy:
      "Look at the last executions of sync-access, fix the error they failed with, and run `npm run landbridge -- apply`.",
  },
  SyncIncomplete: {
    severities: ["warning"],
    why: "Some changes of the last run failed, each with its reason in the report.",
    remedy: "Read the report, fix the causes, and run `npm run landbridge -- apply`.",
  },
  SyncPaused: {
    severities: ["warning"],
    why: "No run changes anything until the pause ends, even if access drifts.",
    remedy:
      "End the pause when its reason no longer applies: run `npm run landbridge -- resume`, or change the access policy or the setting that the finding names.",
  },
  DirtyBacklog: {
    severities: ["warning"],
    why: "Known changes wait longer than 15 minutes, the target for 99 in 100 changes.",
    remedy:
      "Run `npm run landbridge -- apply`: a full run checks everything and clears the backlog. If it does not finish, its failure or its open task says why.",
  },
  PlanHeld: {
    severities: ["notice", "warning"],
    why: "The guardrails hold a plan: its changes wait until somebody approves or declines it.",
    remedy:
      "Read it with `npm run landbridge -- tasks show`; somebody who neither wrote the policy nor started the run approves it.",
  },
  TasksOpen: {
    severities: ["notice", "warning"],
    why: "A flow waits for a person; if the deadline passes, it ends without finishing its work.",
    remedy: "Answer them: `npm run landbridge -- tasks` lists them with their instructions.",
  },
  CheckNotDone: {
    severities: ["warning"],
    why: "This check could not run, so its result is unknown: that is not the same as healthy.",
    remedy:
      "Fix what the message names; `npm run landbridge -- doctor` tests permissions and connections one by one.",
  },
} as const satisfies Record<string, FindingFacts>;

export type FindingCode = keyof typeof FINDINGS;

/** A group, user, task or change that a finding is about. */
export interface FindingSubject {
  readonly name: string;
  readonly reason: string;
}

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Level;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  /** The first of them; `what` says how many there are. */
  readonly subjects: readonly FindingSubject[];
}

/** More would be unreadable, and too large for state data. */
const SUBJECTS_SHOWN = 20;

interface FindingOptions {
  readonly severity?: Level;
  readonly subjects?: readonly FindingSubject[];
}

export function finding(code: FindingCode, what: string, options: FindingOptions = {}): Finding {
  const { severities, why, remedy } = FINDINGS[code];
  const { severity = severities[0], subjects = [] } = options;
  return { code, severity, what, why, remedy, subjects: subjects.slice(0, SUBJECTS_SHOWN) };
}
