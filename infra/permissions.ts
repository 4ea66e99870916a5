import { mergeDataGrants, objects, records } from "./data-grants.ts";
import { type Grant, type GrantName, GRANTS } from "./grants.ts";

/** How functions sign in to Microsoft Graph, as the deployment chose; or grants for kinds and keys. */
type Need = GrantName | "graph" | readonly Grant[];

/** Opens an operator task, and withdraws the one that an attempt before it opened. */
const OPEN_TASK: readonly Need[] = [records({ list: ["task"], change: ["task"] }), "sealTokens"];
/** Closes a task that nobody answered in time. */
const EXPIRE_TASK: readonly Need[] = [records({ list: ["task"], change: ["task"] })];
const READ_CONNECTION = records({ get: ["connection"] });
const CHANGE_CONNECTION = records({ change: ["connection"] });
/** Takes the lock of a rotation, or finds out who has it. */
const ROTATE: readonly Need[] = [records({ change: ["rotation-lease"] }), "readExecutions"];
/** Who started a run, and who wrote its policy. */
const READ_PROVENANCE = records({ get: ["run-start", "proposal", "policy-version"] });
/** Ends the wait for the approval of a plan that a newer one replaces. */
const SUPERSEDE: readonly Need[] = [records({ change: ["task"] }), "sealTokens", "supersedeTasks"];
/** By principal; by permission set if only the management account may list by principal. */
const READ_ASSIGNMENTS: readonly Need[] = ["readAssignmentsOfPrincipal", "readAssignmentsOfSets"];
/** One exact version of the policy in force, or of a proposal. */
const PINNED_POLICY: readonly Need[] = ["readPolicyVersion", "readProposalVersion"];
/** What `openWriteProof` reads before every batch of writes. */
const PROVE_WRITES: readonly Need[] = [
  objects({ read: ["sync-access/plan/*"] }),
  records({ change: ["lease"], get: ["pause"], list: ["ledger"] }),
  "readPolicy",
  "describeExecutions",
];
/** Current state: permission sets, and their assignments. */
const READ_INSTANCE: readonly Need[] = [
  "findInstance",
  "listPermissionSets",
  "describePermissionSets",
  "readPermissionSets",
  "readTags",
  ...READ_ASSIGNMENTS,
];

/**
 * What each function may do in AWS, and nothing else. A test compares this with the calls that functions make. Graph
 * permissions are those of the app registration: `packages/entra/src/permissions.ts`.
 */
export const PERMISSIONS: Readonly<Record<string, readonly Need[]>> = {
  "api/api": [
    records({
      change: ["connection", "pause", "proposal", "run-start", "task"],
      list: ["task"],
      put: ["decision", "dirty"],
      remove: ["pause"],
    }),
    READ_PROVENANCE,
    objects({
      read: [
        "connect/federation-metadata-*",
        "health/latest.json",
        "rotate-certificate/*",
        "sync-access/plan/*",
        "sync-access/reports/*",
      ],
    }),
    "readPolicy",
    "writeProposal",
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
    READ_CONNECTION,
    "readScimToken",
    "findInstance",
    "listUsers",
  ],
  "connect/configure-provisioning": [CHANGE_CONNECTION, "graph", "readScimToken", "promoteScimToken"],
  "connect/configure-saml-sign-on": ["graph"],
  "connect/create-enterprise-application": [CHANGE_CONNECTION, "graph"],
  "connect/ensure-attribute-mapping": ["graph"],
  "connect/ensure-signing-certificate": ["graph"],
  "connect/expire-task": EXPIRE_TASK,
  "connect/fetch-federation-metadata": [objects({ write: ["connect/federation-metadata-*"] })],
  "connect/record-connection": [
    CHANGE_CONNECTION,
    records({ change: ["run-start"], list: ["dirty"] }),
    "startDrain",
  ],
  "connect/start-provisioning": ["graph"],
  "connect/verify-directory": [
    "graph",
    "readPolicy",
    objects({ write: ["connect/directory-report.json"] }),
    "listGroups",
    "listUsers",
  ],
  "connect/watch-initial-cycle": ["graph"],
  "drain-changes/abandon-changes": [records({ get: ["drain-turn"], remove: ["drain-turn"] })],
  "drain-changes/claim-changes": [
    records({
      get: ["connection", "pause", "policy-version"],
      change: ["drain-turn"],
      list: ["dirty"],
      remove: ["dirty", "drain-turn"],
    }),
    objects({ write: ["changes/claims/*"] }),
    "readPolicy",
    "describeExecutions",
  ],
  "drain-changes/clear-changes": [
    records({ list: ["dirty"], remove: ["dirty"] }),
    objects({ read: ["changes/claims/*"] }),
  ],
  "events/graph-webhook": [records({ list: ["subscription"] }), "handOverNotices", "handOverLifecycle"],
  "events/keep-subscriptions": [
    records({ change: ["subscription", "run-start"], put: ["dirty"] }),
    "graph",
    "startDrain",
  ],
  "events/mark-changes": [records({ change: ["run-start"], put: ["dirty"] }), "startDrain"],
  "events/start-daily-sync": [records({ change: ["run-start"] }), "startSync"],
  "provision/provision-now": ["graph", READ_CONNECTION, "findInstance", "listGroups", "listUsers"],
  "rotate-certificate/activate-signing-certificate": [CHANGE_CONNECTION, "graph"],
  "rotate-certificate/await-certificate-upload": OPEN_TASK,
  "rotate-certificate/await-old-certificate-removal": OPEN_TASK,
  "rotate-certificate/await-test-sign-in": [...OPEN_TASK, "graph", "readPolicy", "listUsers"],
  "rotate-certificate/create-signing-certificate": [CHANGE_CONNECTION, "graph"],
  "rotate-certificate/expire-task": EXPIRE_TASK,
  "rotate-certificate/fetch-federation-metadata": ["graph", objects({ write: ["rotate-certificate/*"] })],
  "rotate-certificate/inspect-certificate": [READ_CONNECTION, ...ROTATE, "graph", "findInstance"],
  "rotate-certificate/reactivate-previous-certificate": [CHANGE_CONNECTION, "graph"],
  "rotate-certificate/record-certificate": [CHANGE_CONNECTION],
  "rotate-certificate/remove-old-certificate": ["graph"],
  "rotate-token/await-new-token": [...OPEN_TASK, READ_CONNECTION],
  "rotate-token/await-old-token-deletion": [...OPEN_TASK, READ_CONNECTION],
  "rotate-token/check-old-token": [CHANGE_CONNECTION, "readScimToken"],
  "rotate-token/expire-task": EXPIRE_TASK,
  "rotate-token/inspect-token": [CHANGE_CONNECTION, ...ROTATE, "graph", "readScimToken"],
  "rotate-token/install-token": ["graph", READ_CONNECTION, "readScimToken"],
  "rotate-token/probe-token": [READ_CONNECTION, "readScimToken"],
  "rotate-token/promote-token": [CHANGE_CONNECTION, "promoteScimToken"],
  "rotate-token/restore-previous-token": [CHANGE_CONNECTION, "graph", "readScimToken", "promoteScimToken"],
  "rotate-token/verify-provisioning": ["graph", READ_CONNECTION],
  "sync-access/apply-assignments": [
    ...PROVE_WRITES,
    records({ change: ["apply", "deletions", "ledger"], remove: ["ledger", "permission-set"] }),
    objects({ read: ["sync-access/permission-sets/*"], write: ["sync-access/outcome/*"] }),
    "findInstance",
    "listGroups",
    "listUsers",
    "readAssignmentsOfPlaces",
    "writeAssignments",
    "followAssignments",
    "deletePermissionSets",
  ],
  "sync-access/apply-permission-sets": [
    ...PROVE_WRITES,
    records({ put: ["permission-set"] }),
    objects({
      read: ["sync-access/instance/*", "sync-access/permission-sets/*"],
      write: ["sync-access/permission-sets/*"],
    }),
    "findInstance",
    "listPermissionSets",
    "describePermissionSets",
    "readPermissionSets",
    "readTags",
    "writePermissionSets",
  ],
  "sync-access/await-approval": [...OPEN_TASK, READ_PROVENANCE, records({ change: ["hold", "lease"] })],
  "sync-access/check-guardrails": [
    records({ change: ["deletions"], get: ["apply", "pause"], list: ["ledger"] }),
    objects({ read: ["sync-access/plan/*"] }),
    "readPolicy",
  ],
  "sync-access/discard-proposal": ["discardProposal"],
  "sync-access/ensure-provisioned": [
    ...PROVE_WRITES,
    READ_CONNECTION,
    "graph",
    "findInstance",
    "listGroups",
    "listUsers",
  ],
  "sync-access/expire-task": EXPIRE_TASK,
  "sync-access/hold-plan": [
    "readPolicyVersion",
    ...SUPERSEDE,
    READ_PROVENANCE,
    records({ change: ["hold", "run-start"], get: ["decision", "deletions", "pause"], list: ["ledger"] }),
    objects({ read: ["sync-access/plan/*"], write: ["sync-access/plan/*"] }),
    "readExecutions",
    "startSync",
  ],
  "sync-access/load-policy": [...PINNED_POLICY, records({ get: ["proposal"] }), "readPolicy", "readProposal"],
  "sync-access/plan-changes": [
    ...PINNED_POLICY,
    records({ change: ["lease"], list: ["ledger"], put: ["ledger"], remove: ["ledger"] }),
    objects({
      read: ["sync-access/directory/*", "sync-access/instance/*", "sync-access/organization/*"],
      write: ["sync-access/plan/*"],
    }),
  ],
  "sync-access/promote-policy": [
    records({ change: ["lease", "policy-version"], get: ["connection", "proposal"] }),
    "readProposalVersion",
    "readPolicy",
    "promotePolicy",
    "describeExecutions",
  ],
  "sync-access/provision-permission-sets": [
    ...PROVE_WRITES,
    objects({
      read: ["sync-access/organization/*", "sync-access/permission-sets/*", "sync-access/provisioning/*"],
      write: ["sync-access/provisioning/*"],
    }),
    "findInstance",
    "listAccountsOfSets",
    "provisionPermissionSets",
  ],
  "sync-access/publish-report": [
    ...SUPERSEDE,
    records({
      change: ["lease"],
      get: ["apply", "decision", "hold"],
      list: ["dirty"],
      put: ["report"],
      remove: ["dirty", "hold"],
    }),
    objects({
      read: [
        "sync-access/marks/*",
        "sync-access/outcome/*",
        "sync-access/plan/*",
        "sync-access/provisioning/*",
      ],
      write: ["sync-access/reports/*"],
    }),
    "describeExecutions",
  ],
  "sync-access/read-directory": [...PINNED_POLICY, "graph", objects({ write: ["sync-access/directory/*"] })],
  "sync-access/read-instance": [
    ...PINNED_POLICY,
    "graph",
    records({ list: ["ledger", "permission-set"] }),
    objects({
      read: [
        "sync-access/directory/*",
        "sync-access/instance-part/*",
        "sync-access/instance-read/*",
        "sync-access/organization/*",
      ],
      write: ["sync-access/instance/*", "sync-access/instance-part/*", "sync-access/instance-read/*"],
    }),
    ...READ_INSTANCE,
    "readAssignmentsOfAccounts",
    "listGroups",
    "listUsers",
  ],
  "sync-access/read-organization": [
    objects({ write: ["sync-access/organization/*"] }),
    "readOrganization",
    "readAccountTags",
  ],
  "sync-access/take-fence": [
    records({ change: ["lease"], list: ["dirty"] }),
    objects({ write: ["sync-access/marks/*"] }),
    "describeExecutions",
    "findInstance",
    "listAssignmentOperations",
  ],
  "sync-access/verify-access": [
    objects({
      read: [
        "sync-access/organization/*",
        "sync-access/outcome/*",
        "sync-access/permission-sets/*",
        "sync-access/plan/*",
        "sync-access/provisioning/*",
      ],
    }),
    "findInstance",
    "readAssignmentsOfPrincipal",
    "readAssignmentsOfPlaces",
    "listAccountsOfSets",
    "listGroups",
    "listUsers",
  ],
  "tasks/remind": [
    records({ change: ["task"], list: ["task"] }),
    "sealTokens",
    "readExecutions",
    "keepTasksAlive",
  ],
  "watch/inspect-access": [
    "graph",
    records({ get: ["connection", "pause", "report"] }),
    objects({ write: ["health/concerns/*"] }),
    "readPolicy",
  ],
  "watch/inspect-connection": [
    "graph",
    records({ get: ["connection", "pause"], list: ["dirty", "subscription", "task"] }),
    objects({ write: ["health/concerns/*"] }),
    "readScimToken",
    "findInstance",
    "describeExecutions",
  ],
  "watch/inspect-drift": [
    "readPolicyVersion",
    records({ list: ["ledger"] }),
    objects({
      read: ["sync-access/directory/*", "sync-access/instance/*", "sync-access/organization/*"],
      write: ["health/concerns/*"],
    }),
  ],
  "watch/publish-health": [
    READ_CONNECTION,
    objects({
      read: ["health/concerns/*"],
      write: ["health/concerns/*", "health/history/*", "health/latest.json"],
    }),
  ],
};

/** Made without `step()`, which publishes what steps emit. */
const NO_STEPS: readonly string[] = ["api/api", "events/graph-webhook"];

/** @throws {Error} for a function that the table does not have */
export function grantsOf(functionName: string, signIn: "federated" | "client-secret"): readonly Grant[] {
  const needs = PERMISSIONS[functionName];
  if (!needs) throw new Error(`infra/permissions.ts does not say what ${functionName} may do`);
  const own = needs.flatMap((need): readonly Grant[] => {
    if (typeof need !== "string") return need;
    if (need !== "graph") return GRANTS[need];
    return signIn === "federated" ? GRANTS.signInSecretless : GRANTS.signInWithSecret;
  });
  return mergeDataGrants(NO_STEPS.includes(functionName) ? own : [...own, ...GRANTS.publishEvents]);
}
