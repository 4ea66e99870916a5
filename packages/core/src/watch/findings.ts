import type { Severity } from "./concern.ts";

type Level = Exclude<Severity, "ok">;

interface FindingFacts {
  /** Which it can have; the first unless the check says otherwise. */
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
    remedy: "Run the flow connect to its end; it goes on where it stopped.",
  },
  InstanceReplaced: {
    severities: ["critical"],
    why: "The connection record is about another instance: nothing in it holds for this one.",
    remedy: "Run the flow connect against the new instance.",
  },
  ScimTokenExpiring: {
    severities: ["notice", "warning", "critical"],
    why: "On that day provisioning stops: nobody new gets in, and nobody who leaves is removed.",
    remedy:
      "Run `npm run landbridge -- rotate token` and answer its task; the daily run asks by itself from 60 days before.",
  },
  ScimTokenExpired: {
    severities: ["critical"],
    why: "Provisioning has stopped: nobody new gets in, and nobody who leaves is removed.",
    remedy: "Run `npm run landbridge -- rotate token` now; it also ends the job's quarantine.",
  },
  ScimTokenRefused: {
    severities: ["critical"],
    why: "AWS refuses the token that Entra provisions with: somebody has deleted it, or provisioning was turned off.",
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
    why: "When Entra signs with a certificate that AWS does not know, nobody signs in to AWS any more.",
    remedy:
      "Run `npm run landbridge -- rotate certificate`; AWS can hold the old and the new one at the same time.",
  },
  CertificateExpired: {
    severities: ["critical"],
    why: "AWS refuses what an expired certificate signs, and Entra may sign with another one that AWS does not know.",
    remedy:
      "Run `npm run landbridge -- rotate certificate` now. Until then people get in with your break-glass users only.",
  },
  CertificateMissing: {
    severities: ["critical"],
    why: "Entra has no active certificate to sign with: nobody can sign in.",
    remedy: "Run the flow connect again; it makes and activates one.",
  },
  CertificateNotUploaded: {
    severities: ["critical"],
    why: "Entra signs with a certificate that was not uploaded to AWS as far as Landbridge knows: sign-ins fail.",
    remedy:
      "Upload Entra's federation metadata in IAM Identity Center, or activate the former certificate in Entra.",
  },
  GraphCredentialExpiring: {
    severities: ["warning", "critical"],
    why: "On that day Landbridge cannot sign in to Microsoft Graph: no flow works any more.",
    remedy:
      "Add a new client secret to the app registration and store it, or change to a federated credential.",
  },
  GraphSignInRefused: {
    severities: ["critical"],
    why: "Landbridge cannot sign in to Microsoft Graph: no flow works.",
    remedy:
      "Correct the app registration's credential as the finding says; `npm run landbridge -- doctor` tries it at once.",
  },
  FederatedCredentialMismatch: {
    severities: ["critical"],
    why: "Entra takes an assertion of AWS only if issuer, subject and audience are exactly those of a federated credential.",
    remedy: "Correct the federated credential of the app registration to the values that the finding names.",
  },
  SubscriptionMissing: {
    severities: ["warning"],
    why: "Changes in Entra reach AWS with the next scheduled run instead of within minutes.",
    remedy:
      "Look at the log of the function that keeps the subscription: Graph may have refused the webhook.",
  },
  SubscriptionExpiring: {
    severities: ["warning"],
    why: "It is renewed half way through its life, so its renewal has failed. Changes then wait for the next scheduled run.",
    remedy: "Look at the log of the function that keeps the subscription.",
  },
  SubscriptionExpired: {
    severities: ["warning"],
    why: "Microsoft Graph tells of no change any more: changes wait for the next scheduled run.",
    remedy: "Look at the log of the function that keeps the subscription; it makes a new one.",
  },
  JobQuarantined: {
    severities: ["critical"],
    why: "Entra tries only once a day, and disables the job for good after 28 days.",
    remedy:
      "Fix the cause that Entra names, for a refused token with `npm run landbridge -- rotate token`; else run the flow connect again.",
  },
  JobDisabled: {
    severities: ["critical"],
    why: "Entra has given the job up: no cycle runs by itself any more.",
    remedy: "Fix the cause that Entra names, then run the flow connect again: it starts the job.",
  },
  JobPaused: {
    severities: ["warning"],
    why: "Somebody has paused the job: nobody new gets in, and nobody who leaves is removed.",
    remedy: "Start provisioning in the Entra admin center, or run the flow connect again.",
  },
  JobNotStarted: {
    severities: ["warning"],
    why: "The first cycle has not been through yet; it can take several hours.",
    remedy: "Wait for it, or run the flow connect again if nothing moves.",
  },
  JobStalled: {
    severities: ["warning"],
    why: "Cycles run about every 40 minutes; this job says that it is active and has not run for a day.",
    remedy: "Look at Microsoft's service health, then restart provisioning in the Entra admin center.",
  },
  ObjectsNotProvisioned: {
    severities: ["warning"],
    why: "They have no access in AWS, or not what they should have by now; Entra tries again, less and less often.",
    remedy:
      "Correct the attribute that is named for each in Entra, then run `npm run landbridge -- provision` for it.",
  },
  GroupsNotSecurityEnabled: {
    severities: ["warning"],
    why: "Entra provisions security-enabled groups only: rules for these groups give nobody access.",
    remedy: "Use a security group in the access policy, or enable security for the group.",
  },
  GroupsNestedOnly: {
    severities: ["warning"],
    why: "They are in scope only as members of another group, and Entra does not provision nested groups.",
    remedy: "Assign them to the enterprise application themselves: sync-access does it in its next run.",
  },
  PrincipalsNotAssigned: {
    severities: ["warning"],
    why: "Entra provisions only who is assigned to the enterprise application.",
    remedy: "Run the flow sync-access, which assigns them, and do not remove its assignments in Entra.",
  },
  NestedMembersLeftOut: {
    severities: ["notice"],
    why: "Entra and AWS know direct members only: who is in a nested group gets nothing through the outer one.",
    remedy: "Say nested: expand in the rule, or name the inner groups in it, if their members are meant.",
  },
  PrincipalsNotArrived: {
    severities: ["warning"],
    why: "A rule is for them and AWS does not know them: they have no access.",
    remedy: "Run `npm run landbridge -- provision` for each; it says what stands in the way.",
  },
  AccessDrift: {
    severities: ["warning"],
    why: "Access in AWS is not what the access policy says: somebody changed it by hand, or a run could not finish.",
    remedy:
      "Read `npm run landbridge -- drift`, then run `npm run landbridge -- apply`, or change the access policy.",
  },
  RolesOutOfDate: {
    severities: ["warning"],
    why: "People there still have the permissions from before the last change of the permission set.",
    remedy:
      "Run `npm run landbridge -- apply`; its report names each role that AWS could not bring up to date.",
  },
  ForeignAccess: {
    severities: ["notice"],
    why: "Landbridge neither made these assignments nor may remove them; no rule explains them.",
    remedy: "Take them into the access policy with `npm run landbridge -- adopt`, or remove them by hand.",
  },
  PolicyUnusable: {
    severities: ["critical"],
    why: "No run of sync-access gets past it: no new access is given and none is taken away.",
    remedy: "Correct the lines that are named in the access policy; `npm run landbridge -- plan` checks it.",
  },
  NeverSynced: {
    severities: ["warning"],
    why: "Access in AWS has never been compared with the access policy and brought to it.",
    remedy: "Run `npm run landbridge -- apply`, or the flow sync-access.",
  },
  SyncOverdue: {
    severities: ["warning", "critical"],
    why: "The daily run carries the promise that missed events heal: it does not succeed any more.",
    remedy:
      "Look at the last executions of sync-access, fix what they failed with, and run `npm run landbridge -- apply`.",
  },
  SyncIncomplete: {
    severities: ["warning"],
    why: "Some changes of the last run failed, each with its reason in the report.",
    remedy: "Read the report, fix the reasons, and run `npm run landbridge -- apply`.",
  },
  SyncPaused: {
    severities: ["warning"],
    why: "No run changes anything until the pause ends, however access drifts.",
    remedy:
      "End the pause when its reason is gone: `npm run landbridge -- resume`, or in the access policy or the setting that the finding names.",
  },
  DirtyBacklog: {
    severities: ["warning"],
    why: "Known changes wait longer than the quarter of an hour in which 99 in 100 should be done.",
    remedy:
      "Run `npm run landbridge -- apply`: a full run looks at everything and clears what waits. When it does not end, its failure or its open task says why.",
  },
  PlanHeld: {
    severities: ["notice", "warning"],
    why: "The guardrails hold a plan: its changes wait until somebody approves or declines it.",
    remedy:
      "Read it with `npm run landbridge -- tasks show`; somebody who neither wrote the policy nor started the run approves it.",
  },
  TasksOpen: {
    severities: ["notice", "warning"],
    why: "A flow waits for a person; when the deadline passes it ends without having done its work.",
    remedy: "Answer them: `npm run landbridge -- tasks` lists them with their instructions.",
  },
  CheckNotDone: {
    severities: ["warning"],
    why: "What could not be looked at may be anything: this is not the same as being in order.",
    remedy:
      "Fix what the message names; `npm run landbridge -- doctor` tries permissions and connections one by one.",
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

/** More would make a document that nobody reads, and state data that is too large. */
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
