/**
 * The endpoint that Entra pushes to. Whatever record it comes from, adapters check it (`parseScimEndpoint`) before they send
 * the token. The token stays inside the call: never store or log one.
 */
export interface ScimConnection {
  readonly endpoint: string;
  readonly token: string;
}

/** One pass over the scope (`status.lastExecution`). */
export interface ProvisioningCycle {
  readonly state: "Succeeded" | "Failed" | "EntryLevelErrors";
  /** ISO time. */
  readonly beganAt: string;
}

export interface Quarantine {
  /** ISO time at which it was last imposed (`currentBegan`); null if Entra does not say. */
  readonly beganAt: string | null;
  /** ISO time of the first in an unbroken row (`seriesBegan`); Entra disables the job 28 days after it. */
  readonly seriesBeganAt: string | null;
  readonly reason: string;
  readonly code: string | null;
  readonly message: string | null;
}

export interface ProvisioningStatus {
  readonly code: "NotConfigured" | "NotRun" | "Active" | "Paused" | "Quarantine";
  /** Whether cycles run automatically (`schedule.state`): not for a job that was never started or is paused. */
  readonly isScheduled: boolean;
  /** ISO time of the first complete cycle, or null when there was none yet. */
  readonly initialCycleAt: string | null;
  /** The latest cycle that has ended, or null before the first. */
  readonly lastCycle: ProvisioningCycle | null;
  readonly quarantine: Quarantine | null;
  /** Objects synchronized so far (`synchronizedEntryCountByType`). */
  readonly users: number;
  readonly groups: number;
}

/** One object that the job did not provision, with Entra's reason (provisioning log). */
export interface ProvisioningFailure {
  readonly objectId: string;
  readonly displayName: string;
  readonly kind: "User" | "Group";
  readonly code: string;
  readonly reason: string;
}

/** One line of a job's attribute mappings (synchronizationSchema). */
export interface AttributeMapping {
  readonly object: "User" | "Group";
  /** SCIM path in AWS: `name.givenName`, `emails[type eq "work"].value`. */
  readonly target: string;
  /** Attribute in Entra, taken as it is; null for a constant or an expression. */
  readonly source: string | null;
}

/** `source` null takes the line out. */
export type AttributeMappingChange = AttributeMapping;

/** Entra's immediate answer about an object that it was asked to provision; it does not cover a group's members. */
export interface OnDemandOutcome {
  /** `Skipped`: out of scope (`NotEffectivelyEntitled`), or the same on both sides already (`RedundantExport`). */
  readonly result: "Success" | "Skipped" | "Failure" | "Unknown";
  readonly code: string | null;
  readonly reason: string | null;
}

/** Entra's provisioning (synchronization) jobs. Every method @throws {FlowError} Throttled, ConsentMissing, NotPropagatedYet. */
export interface ProvisioningJobs {
  /** Ids of the service principal's jobs. */
  list(servicePrincipalId: string): Promise<string[]>;
  /**
   * Creates a job from the default, or only, synchronization template.
   * @throws {FlowError} ProvisioningTemplateNotOffered
   */
  create(servicePrincipalId: string): Promise<string>;
  /** @throws {FlowError} ScimTokenRefused when Entra cannot sign in with it; as {@link ProvisioningJobs.saveSecrets} */
  validateCredentials(servicePrincipalId: string, jobId: string, connection: ScimConnection): Promise<void>;
  /** @throws {FlowError} ScimEndpointRefused, ScimEndpointOfAnotherRegion for an endpoint that is not AWS's in this region */
  saveSecrets(servicePrincipalId: string, connection: ScimConnection): Promise<void>;
  /** Only for a job that is new, paused or in quarantine: Entra may stop a running job that is started again. */
  start(servicePrincipalId: string, jobId: string): Promise<void>;
  readStatus(servicePrincipalId: string, jobId: string): Promise<ProvisioningStatus>;
  readMappings(servicePrincipalId: string, jobId: string): Promise<AttributeMapping[]>;
  /** Replaces the source of a line, adds a missing line or removes one; the others stay as they are. */
  changeMappings(
    servicePrincipalId: string,
    jobId: string,
    changes: readonly AttributeMappingChange[],
  ): Promise<void>;
  /** Provisions one group with up to five of its users now; Entra allows 5 requests in 10 seconds. */
  provisionGroup(
    servicePrincipalId: string,
    jobId: string,
    groupId: string,
    memberIds: readonly string[],
  ): Promise<OnDemandOutcome>;
  provisionUser(servicePrincipalId: string, jobId: string, userId: string): Promise<OnDemandOutcome>;
  listFailures(jobId: string): Promise<ProvisioningFailure[]>;
}
