import { type Grant, type GrantName, GRANTS } from "./grants.ts";

/** How functions sign in to Microsoft Graph: the deployment's choice, under one name. */
type Need = GrantName | "graph";

/** Opens an operator task, and withdraws the one that an attempt before it opened. */
const OPEN_TASK: readonly Need[] = ["getRecord", "listRecords", "putRecord", "sealTokens"];
/** Closes the task that nobody answered in time. */
const EXPIRE_TASK: readonly Need[] = ["getRecord", "listRecords", "putRecord"];
const CHANGE_RECORD: readonly Need[] = ["getRecord", "putRecord"];
/** Ends the wait for the approval of a plan whose place a newer one takes. */
const SUPERSEDE: readonly Need[] = ["sealTokens", "supersedeTasks"];
/** By principal; by permission set where only the management account may do that. */
const READ_ASSIGNMENTS: readonly Need[] = ["readAssignmentsOfPrincipal", "readAssignmentsOfSets"];
/** One exact version of the policy in force, or of a proposal. */
const PINNED_POLICY: readonly Need[] = ["readPolicyVersion", "readProposal"];
/** What `openWriteProof` asks before every batch of writes. */
const PROVE_WRITES: readonly Need[] = ["readObject", "readPolicy", "listRecords", "describeExecutions"];
/** What exists: permission sets as they are, and who has them where. */
const READ_INSTANCE: readonly Need[] = [
  "findInstance",
  "listPermissionSets",
  "describePermissionSets",
  "readPermissionSets",
  "readTags",
  ...READ_ASSIGNMENTS,
];

/**
 * What each function may do in AWS, and nothing else. A test holds this against the calls that functions make.
 * Graph permissions are those of the app registration: `packages/entra/src/permissions.ts`.
 */
export const PERMISSIONS: Readonly<Record<string, readonly Need[]>> = {
  "api/api": [
    ...CHANGE_RECORD,
    "listRecords",
    "readObject",
    "sealTokens",
    "readScimToken",
    "addScimToken",
    "startFlows",
    "listExecutions",
    "readExecutions",
    "stopExecutions",
    "answerTasks",
    "keepTasksAlive",
  ],
  "connect/assign-principals": ["graph", "readPolicy"],
  "connect/await-identity-source-change": OPEN_TASK,
  "connect/await-scim-credentials": OPEN_TASK,
  "connect/await-service-provider-metadata": OPEN_TASK,
  "connect/await-test-sign-in": [...OPEN_TASK, "graph", "readPolicy", "listUsers"],
  "connect/check-prerequisites": [
    "graph",
    "readPolicy",
    "getRecord",
    "readScimToken",
    "findInstance",
    "listUsers",
  ],
  "connect/configure-provisioning": [...CHANGE_RECORD, "graph", "readScimToken", "promoteScimToken"],
  "connect/configure-saml-sign-on": ["graph"],
  "connect/create-enterprise-application": [...CHANGE_RECORD, "graph"],
  "connect/ensure-attribute-mapping": ["graph"],
  "connect/ensure-signing-certificate": ["graph"],
  "connect/expire-task": EXPIRE_TASK,
  "connect/fetch-federation-metadata": ["writeObject"],
  "connect/record-connection": CHANGE_RECORD,
  "connect/start-provisioning": ["graph"],
  "connect/verify-directory": ["graph", "readPolicy", "writeObject", "listGroups", "listUsers"],
  "connect/watch-initial-cycle": ["graph"],
  "drain-changes/abandon-changes": ["getRecord", "removeRecord"],
  "drain-changes/claim-changes": [
    ...CHANGE_RECORD,
    "listRecords",
    "removeRecord",
    "readPolicy",
    "writeObject",
    "describeExecutions",
  ],
  "drain-changes/clear-changes": ["listRecords", "removeRecord", "readObject"],
  "events/graph-webhook": ["listRecords", "handOverNotices", "handOverLifecycle"],
  "events/keep-subscriptions": [...CHANGE_RECORD, "graph", "startDrain"],
  "events/mark-changes": [...CHANGE_RECORD, "startDrain"],
  "events/start-daily-sync": [...CHANGE_RECORD, "startSync"],
  "provision/provision-now": ["graph", "getRecord", "findInstance", "listGroups", "listUsers"],
  "rotate-certificate/activate-signing-certificate": [...CHANGE_RECORD, "graph"],
  "rotate-certificate/await-certificate-upload": OPEN_TASK,
  "rotate-certificate/await-old-certificate-removal": OPEN_TASK,
  "rotate-certificate/await-test-sign-in": [...OPEN_TASK, "graph", "readPolicy", "listUsers"],
  "rotate-certificate/create-signing-certificate": [...CHANGE_RECORD, "graph"],
  "rotate-certificate/expire-task": EXPIRE_TASK,
  "rotate-certificate/fetch-federation-metadata": ["graph", "writeObject"],
  "rotate-certificate/inspect-certificate": [...CHANGE_RECORD, "graph", "findInstance", "readExecutions"],
  "rotate-certificate/reactivate-previous-certificate": [...CHANGE_RECORD, "graph"],
  "rotate-certificate/record-certificate": CHANGE_RECORD,
  "rotate-certificate/remove-old-certificate": ["graph"],
  "rotate-token/await-new-token": OPEN_TASK,
  "rotate-token/await-old-token-deletion": OPEN_TASK,
  "rotate-token/check-old-token": [...CHANGE_RECORD, "readScimToken"],
  "rotate-token/expire-task": EXPIRE_TASK,
  "rotate-token/inspect-token": [...CHANGE_RECORD, "graph", "readScimToken", "readExecutions"],
  "rotate-token/install-token": ["graph", "getRecord", "readScimToken"],
  "rotate-token/probe-token": ["getRecord", "readScimToken"],
  "rotate-token/promote-token": [...CHANGE_RECORD, "promoteScimToken"],
  "rotate-token/restore-previous-token": [...CHANGE_RECORD, "graph", "readScimToken", "promoteScimToken"],
  "rotate-token/verify-provisioning": ["graph", "getRecord"],
  "sync-access/apply-assignments": [
    ...CHANGE_RECORD,
    ...PROVE_WRITES,
    "removeRecord",
    "readObject",
    "writeObject",
    "findInstance",
    "listGroups",
    "listUsers",
    "readAssignmentsOfPlaces",
    "writeAssignments",
    "followAssignments",
    "deletePermissionSets",
  ],
  "sync-access/apply-permission-sets": [
    ...CHANGE_RECORD,
    ...PROVE_WRITES,
    "readObject",
    "writeObject",
    "listPermissionSets",
    "describePermissionSets",
    "readPermissionSets",
    "readTags",
    "listAccountsOfSets",
    "writePermissionSets",
  ],
  "sync-access/await-approval": OPEN_TASK,
  "sync-access/check-guardrails": [...CHANGE_RECORD, "listRecords", "readObject"],
  "sync-access/discard-proposal": ["discardProposal"],
  "sync-access/ensure-provisioned": [
    ...CHANGE_RECORD,
    ...PROVE_WRITES,
    "graph",
    "readObject",
    "findInstance",
    "listGroups",
    "listUsers",
  ],
  "sync-access/expire-task": EXPIRE_TASK,
  "sync-access/hold-plan": [
    "readPolicyVersion",
    ...CHANGE_RECORD,
    ...SUPERSEDE,
    "listRecords",
    "readObject",
    "writeObject",
    "readExecutions",
    "startSync",
  ],
  "sync-access/load-policy": ["readPolicy", "readPolicyVersion", "readProposal"],
  "sync-access/plan-changes": [
    ...PINNED_POLICY,
    ...CHANGE_RECORD,
    "listRecords",
    "removeRecord",
    "readObject",
    "writeObject",
  ],
  "sync-access/promote-policy": [...PINNED_POLICY, ...CHANGE_RECORD, "readPolicy", "promotePolicy"],
  "sync-access/publish-report": [
    ...CHANGE_RECORD,
    ...SUPERSEDE,
    "removeRecord",
    "describeExecutions",
    "readObject",
    "writeObject",
  ],
  "sync-access/read-directory": [...PINNED_POLICY, "graph", "writeObject"],
  "sync-access/read-instance": [
    ...PINNED_POLICY,
    "graph",
    "listRecords",
    "writeObject",
    ...READ_INSTANCE,
    "readAssignmentsOfAccounts",
    "listGroups",
    "listUsers",
  ],
  "sync-access/read-organization": ["writeObject", "readOrganization", "readAccountTags"],
  "sync-access/take-fence": [...CHANGE_RECORD, "describeExecutions"],
  "sync-access/verify-access": [
    "readObject",
    "findInstance",
    "listPermissionSets",
    "describePermissionSets",
    ...READ_ASSIGNMENTS,
    "readAssignmentsOfAccounts",
    "listGroups",
    "listUsers",
  ],
  "tasks/remind": [...CHANGE_RECORD, "listRecords", "sealTokens", "readExecutions", "keepTasksAlive"],
  "watch/inspect-access": [
    "graph",
    "getRecord",
    "listRecords",
    "readPolicy",
    "writeObject",
    ...READ_INSTANCE,
    "listGroups",
    "listUsers",
    "readOrganization",
    "readAccountTags",
  ],
  "watch/inspect-connection": [
    "graph",
    "getRecord",
    "listRecords",
    "writeObject",
    "readScimToken",
    "findInstance",
    "describeExecutions",
  ],
  "watch/publish-health": ["getRecord", "readObject", "writeObject"],
};

/** Made without `step()`, which publishes what steps emit. */
const NO_STEPS: readonly string[] = ["api/api", "events/graph-webhook"];

/** @throws {Error} for a function that the table does not have */
export function grantsOf(functionName: string, signIn: "federated" | "client-secret"): readonly Grant[] {
  const needs = PERMISSIONS[functionName];
  if (!needs) throw new Error(`infra/permissions.ts does not say what ${functionName} may do`);
  const own = needs.flatMap((need): readonly Grant[] => {
    if (need !== "graph") return GRANTS[need];
    return signIn === "federated" ? GRANTS.signInSecretless : GRANTS.signInWithSecret;
  });
  return NO_STEPS.includes(functionName) ? own : [...own, ...GRANTS.publishEvents];
}
