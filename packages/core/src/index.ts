export { adoptAccess, type AdoptedAccess } from "./adopt/adopt-access.ts";
export { describeRule, uniqueNames } from "./adopt/describe-rule.ts";
export { type Box, type Cell, mergeGrants } from "./adopt/merge-grants.ts";
export { readForAdoption } from "./adopt/read-for-adoption.ts";
export { renderAdopted } from "./adopt/render-adopted.ts";
export { applyAssignments } from "./apply/apply-assignments.ts";
export { type AppliedPermissionSets, applyPermissionSets } from "./apply/apply-permission-sets.ts";
export { deletePermissionSets } from "./apply/delete-permission-sets.ts";
export type { ApplyOutcome } from "./apply/outcome.ts";
export { provisionPermissionSets } from "./apply/provision-permission-sets.ts";
export type { ProvisioningOutcome } from "./apply/provisioning.ts";
export { abandonChanges, claimChanges, clearChanges } from "./changes/claim-changes.ts";
export { type EventRule, eventRules } from "./changes/event-rules.ts";
export { GRAPH_EVENT } from "./changes/graph-event-type.ts";
export { keepSubscriptions } from "./changes/keep-subscriptions.ts";
export { drainWhatWaits, markChanges } from "./changes/mark-changes.ts";
export { assignPrincipals } from "./connect/assign-principals.ts";
export { checkPrerequisites } from "./connect/check-prerequisites.ts";
export { configureProvisioning } from "./connect/configure-provisioning.ts";
export { configureSamlSignOn } from "./connect/configure-saml-sign-on.ts";
export { type Connection, readConnection } from "./connect/connection.ts";
export { createEnterpriseApplication } from "./connect/create-enterprise-application.ts";
export { ensureAttributeMapping } from "./connect/ensure-attribute-mapping.ts";
export { ensureSigningCertificate } from "./connect/ensure-signing-certificate.ts";
export { fetchFederationMetadata } from "./connect/fetch-federation-metadata.ts";
export { recordConnection } from "./connect/record-connection.ts";
export { startProvisioning } from "./connect/start-provisioning.ts";
export { verifyDirectory } from "./connect/verify-directory.ts";
export { watchInitialCycle } from "./connect/watch-initial-cycle.ts";
export type { Diagnosis, DiagnosisSide } from "./doctor/diagnosis.ts";
export { type DoctorReport, runDoctor } from "./doctor/run-doctor.ts";
export { type ErrorName, ERRORS, FlowError, isFlowError } from "./errors.ts";
export type { EventSink, FlowEventCode, FlowEvents } from "./events.ts";
export { expandDefinition } from "./flows/expand-definition.ts";
export { askForApproval } from "./holds/ask-for-approval.ts";
export { holdPlan } from "./holds/hold-plan.ts";
export { settleHolds } from "./holds/settle-holds.ts";
export { readLedger } from "./ledger/ledger-entry.ts";
export { ownAssignments } from "./ledger/own-assignments.ts";
export type { DirectoryGroup, DirectorySnapshot, DirectoryUser } from "./model/directory.ts";
export type {
  Instance,
  InstanceAssignment,
  InstancePermissionSet,
  ScopedSnapshot,
  StorePrincipal,
} from "./model/instance.ts";
export type { Account, Organization, OrganizationalUnit } from "./model/organization.ts";
export type {
  CustomerManagedPolicy,
  PermissionsBoundary,
  PermissionSetSpec,
} from "./model/permission-set-spec.ts";
export type { SourcePosition } from "./model/source-position.ts";
export type { GuardrailVerdict } from "./plan/check-guardrails.ts";
export { checkFresh, checkInstance } from "./plan/check-plan-file.ts";
export { planAccess } from "./plan/plan-access.ts";
export { type PlanFile, readPlanFile, writePlanFile } from "./plan/plan-file.ts";
export { planHash } from "./plan/plan-hash.ts";
export type { Plan } from "./plan/plan.ts";
export { renderPlanMarkdown } from "./plan/render-plan-markdown.ts";
export { renderPlan } from "./plan/render-plan.ts";
export { pinPolicy } from "./policy-versions/pin-policy.ts";
export { findInForce } from "./policy-versions/policy-in-force.ts";
export { policyHash, readPinnedPolicy } from "./policy-versions/policy-ref.ts";
export { recordPolicyVersion } from "./policy-versions/policy-version.ts";
export { promotePolicy } from "./policy-versions/promote-policy.ts";
export { discardProposal, proposePolicy } from "./policy-versions/proposal.ts";
export { bindPolicy } from "./policy/bind-policy.ts";
export { canonicalSpec } from "./policy/canonical-spec.ts";
export { explainAccess } from "./policy/explain-access.ts";
export { mapConcurrently } from "./map-concurrently.ts";
export { parseAccessPolicy } from "./policy/parse-policy.ts";
export type { AccessPolicy, AccessRule } from "./policy/policy.ts";
export { readDirectory } from "./policy/read-directory.ts";
export { renderExplanation } from "./policy/render-explanation.ts";
export { reviewPolicy } from "./policy/review-policy.ts";
export { AccessPolicyFile } from "./policy/schema.ts";
export { policySelectors } from "./policy/selectors.ts";
export type { Clock } from "./ports/clock.ts";
export type { Directory, GroupMembers, Tenant } from "./ports/directory.ts";
export type {
  ApplicationAssignment,
  EnterpriseApplication,
  EnterpriseApplications,
  ServicePrincipalState,
  SigningCertificate,
} from "./ports/enterprise-applications.ts";
export type {
  Execution,
  ExecutionDetail,
  ExecutionMoment,
  Executions,
  ExecutionStatus,
} from "./ports/executions.ts";
export type { FederationMetadata } from "./ports/federation-metadata.ts";
export type { EndOfWait, FlowCallbacks } from "./ports/flow-callbacks.ts";
export type {
  AppRegistrationState,
  FederatedTrust,
  GraphSignIn,
  RegistrationCredential,
} from "./ports/graph-sign-in.ts";
export type { ChangedGroups, GroupChanges, GroupSubscription } from "./ports/group-changes.ts";
export type {
  AssignmentOperation,
  IdentityCenter,
  Prove,
  ProvisioningOperation,
} from "./ports/identity-center.ts";
export type { IdentityStore } from "./ports/identity-store.ts";
export type { ObjectStore, StoredObject } from "./ports/object-store.ts";
export type { OrganizationReader } from "./ports/organization-reader.ts";
export type { Ports } from "./ports/ports.ts";
export type {
  AttributeMapping,
  AttributeMappingChange,
  OnDemandOutcome,
  ProvisioningCycle,
  ProvisioningFailure,
  ProvisioningJobs,
  ProvisioningStatus,
  Quarantine,
  ScimConnection,
} from "./ports/provisioning-jobs.ts";
export type { PutOptions, RecordKind, RecordStore, StoredRecord } from "./ports/record-store.ts";
export type { ScimProber } from "./ports/scim-prober.ts";
export type { SecretStore } from "./ports/secret-store.ts";
export type { SealContext, TokenSealer } from "./ports/token-sealer.ts";
export type { TokenSupplier } from "./ports/token-supplier.ts";
export { startRun } from "./provenance/run-start.ts";
export { startDailySync } from "./provenance/start-daily-sync.ts";
export { provisionNow } from "./provision/provision-now.ts";
export type { ProvisionReport } from "./provision/provision-report.ts";
export { readStoredText } from "./records/read-stored.ts";
export { createSigningCertificate } from "./rotate-certificate/create-signing-certificate.ts";
export { fetchRotationMetadata } from "./rotate-certificate/fetch-rotation-metadata.ts";
export { inspectCertificate } from "./rotate-certificate/inspect-certificate.ts";
export { recordCertificate } from "./rotate-certificate/record-certificate.ts";
export {
  activateSigningCertificate,
  reactivatePreviousCertificate,
  removeOldCertificate,
} from "./rotate-certificate/switch-certificate.ts";
export { checkOldToken } from "./rotate-token/check-old-token.ts";
export { inspectToken } from "./rotate-token/inspect-token.ts";
export { installToken } from "./rotate-token/install-token.ts";
export { openNewTokenTask } from "./rotate-token/open-new-token-task.ts";
export { openOldTokenTask } from "./rotate-token/open-old-token-task.ts";
export { probeToken } from "./rotate-token/probe-token.ts";
export { promoteToken } from "./rotate-token/promote-token.ts";
export { restorePreviousToken } from "./rotate-token/restore-previous-token.ts";
export { ROTATION_REASONS, type RotationReason } from "./rotate-token/rotation-cause.ts";
export { verifyProvisioning } from "./rotate-token/verify-provisioning.ts";
export { parseScimEndpoint } from "./scim/scim-endpoint.ts";
export { GALLERY_TEMPLATE_ID, type Settings } from "./settings.ts";
export { clearMarks, keepMarks } from "./sync-access/clear-marks.ts";
export { finishDeletions, recentDeletions } from "./sync-access/deletion-budget.ts";
export { ensureProvisioned } from "./sync-access/ensure-provisioned.ts";
export { releaseFence, takeFence } from "./sync-access/fence.ts";
export { guardrailsFor, judgePlan, readGuardrailFacts } from "./sync-access/judge-plan.ts";
export { loadPolicy } from "./sync-access/load-policy.ts";
export { describePause, type Pause, pauseSync, readPause, resumeSync } from "./sync-access/pause.ts";
export { planChanges } from "./sync-access/plan-changes.ts";
export { publishReport, type SyncReport } from "./sync-access/publish-report.ts";
export { readInstanceSlice } from "./sync-access/read-instance-slice.ts";
export { readInstanceSnapshot } from "./sync-access/read-instance-snapshot.ts";
export { readPrincipals } from "./sync-access/read-principals.ts";
export { settleAbandoned } from "./sync-access/settle-abandoned.ts";
export { keepSnapshot, readSnapshot } from "./sync-access/snapshot.ts";
export { verifyAccess } from "./sync-access/verify-access.ts";
export { openWriteProof, proveTurn } from "./sync-access/write-proof.ts";
export type { AnswerField } from "./tasks/answer-fields.ts";
export { answerTask, declineTask } from "./tasks/answer-task.ts";
export { expireTask } from "./tasks/expire-task.ts";
export { openTask } from "./tasks/open-task.ts";
export { openTestSignIn } from "./tasks/open-test-sign-in.ts";
export type { OperatorTask } from "./tasks/operator-task.ts";
export { listOpenTasks, listTasks, readTask } from "./tasks/read-tasks.ts";
export { remindOperators } from "./tasks/remind-operators.ts";
export type { TaskGuide } from "./tasks/task-kind.ts";
export {
  answerFields,
  readTaskDocument,
  TASK_KINDS,
  taskGuide,
  taskKind,
  type TaskKindName,
  type TaskSubject,
} from "./tasks/task-kinds.ts";
export { printable, printableData, printableLines } from "./text/printable.ts";
export {
  ACCESS_CONCERNS,
  type Concern,
  CONCERNS,
  DRIFT_CONCERN,
  type Figure,
  type Severity,
  worstOf,
} from "./model/concern.ts";
export { type Finding, FINDINGS } from "./watch/findings.ts";
export { type ConcernReport, HealthDocument } from "./watch/health-document.ts";
export { inspectAccess } from "./watch/inspect-access.ts";
export { inspectConnection } from "./watch/inspect-connection.ts";
export { inspectDrift } from "./watch/inspect-drift.ts";
export { publishHealth } from "./watch/publish-health.ts";
export { readHealth } from "./watch/read-health.ts";
export { formatPath, type InputIssue, throwIssues } from "./yaml/issues.ts";
export { didYouMean } from "./yaml/nearest.ts";
export { parseYaml } from "./yaml/parse-yaml.ts";
