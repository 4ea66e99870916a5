import type { JsonObject } from "../odata.ts";
import { type Links, isPresent } from "./links.ts";
import type { ObjectType } from "./object-type.ts";

/** How Graph writes that something has never happened. */
export const NEVER = "0001-01-01T00:00:00Z";
/** The schedule of a job that has never been started: the largest time span there is. */
const NO_INTERVAL = "P10675199DT2H48M5.4775807S";

export interface Execution {
  readonly activityIdentifier: string;
  readonly state: "Succeeded" | "Failed" | "EntryLevelErrors";
  /** ISO times. */
  readonly beganAt: string;
  readonly endedAt: string;
  readonly error: SynchronizationError | null;
  readonly entitled: number;
  /** Objects whose export failed in this cycle. */
  readonly failed: number;
  /** Failed objects that the job has yet to retry, of earlier cycles too. */
  readonly escrowed: number;
  readonly exported: number;
}

export interface SynchronizationError {
  readonly code: string;
  readonly message: string;
}

export type QuarantineReason =
  | "EncounteredQuarantineException"
  | "EncounteredEscrowProportionThreshold"
  | "EncounteredBaseEscrowThreshold"
  | "EncounteredTotalEscrowThreshold"
  | "TooManyDeletes";

export interface JobQuarantine {
  readonly reason: QuarantineReason;
  readonly beganAt: string;
  readonly seriesBeganAt: string;
  readonly seriesCount: number;
  /** {@link NEVER} once the job is disabled. */
  readonly nextAttemptAt: string;
  readonly error: SynchronizationError;
}

/** The mutable part of a job. */
export interface JobStatus {
  code: "NotConfigured" | "NotRun" | "Active" | "Paused" | "Quarantine";
  schedule: "Active" | "Disabled" | "Paused";
  steadyStateFirstAchievedAt: string;
  steadyStateLastAchievedAt: string;
  lastExecution: Execution | null;
  lastSuccessfulExecution: Execution | null;
  lastSuccessfulExecutionWithExports: Execution | null;
  /** Progress of the running cycle. */
  progress: { readonly done: number; readonly total: number; readonly at: string } | null;
  quarantine: JobQuarantine | null;
  successiveFailures: number;
  /** The initial cycle had so many errors that they were dropped and the job paused. */
  escrowsPruned: boolean;
}

export function newStatus(): JobStatus {
  return {
    code: "NotConfigured",
    schedule: "Disabled",
    steadyStateFirstAchievedAt: NEVER,
    steadyStateLastAchievedAt: NEVER,
    lastExecution: null,
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
    progress: null,
    quarantine: null,
    successiveFailures: 0,
    escrowsPruned: false,
  };
}

/** `schedule` and `status` of a synchronizationJob. */
export function statusView(status: JobStatus, links: Links): JsonObject {
  const { progress, quarantine } = status;
  return {
    schedule: {
      expiration: null,
      interval: status.schedule === "Disabled" ? NO_INTERVAL : "PT40M",
      state: status.schedule,
    },
    status: {
      code: status.code,
      countSuccessiveCompleteFailures: status.successiveFailures,
      escrowsPruned: status.escrowsPruned,
      steadyStateFirstAchievedTime: status.steadyStateFirstAchievedAt,
      steadyStateLastAchievedTime: status.steadyStateLastAchievedAt,
      troubleshootingUrl: null,
      lastExecution: executionView(status.lastExecution),
      lastSuccessfulExecution: executionView(status.lastSuccessfulExecution),
      lastSuccessfulExecutionWithExports: executionView(status.lastSuccessfulExecutionWithExports),
      progress: progress
        ? [
            {
              completedUnits: progress.done,
              totalUnits: progress.total,
              units: "objects",
              progressObservationDateTime: progress.at,
            },
          ]
        : [],
      quarantine: quarantine && quarantineView(quarantine),
      synchronizedEntryCountByType: entryCounts(links),
    },
  };
}

function executionView(execution: Execution | null): JsonObject | null {
  if (!execution) return null;
  return {
    activityIdentifier: execution.activityIdentifier,
    state: execution.state,
    timeBegan: execution.beganAt,
    timeEnded: execution.endedAt,
    error: execution.error && errorView(execution.error),
    countEntitled: execution.entitled,
    countEntitledForProvisioning: execution.entitled,
    countEscrowed: execution.escrowed,
    countEscrowedRaw: execution.escrowed,
    countExported: execution.exported,
    countExports: execution.exported + execution.failed,
    countImported: execution.entitled,
    countImportedDeltas: execution.exported,
    countImportedReferenceDeltas: 0,
  };
}

function quarantineView(quarantine: JobQuarantine): JsonObject {
  return {
    reason: quarantine.reason,
    currentBegan: quarantine.beganAt,
    seriesBegan: quarantine.seriesBeganAt,
    seriesCount: quarantine.seriesCount,
    nextAttempt: quarantine.nextAttemptAt,
    error: errorView(quarantine.error),
  };
}

function errorView({ code, message }: SynchronizationError): JsonObject {
  return { code, message, tenantActionable: true };
}

function entryCounts(links: Links): JsonObject[] {
  const present = [...links.values()].filter(isPresent);
  const count = (type: ObjectType) => ({
    key: type,
    value: present.filter((link) => link.type === type).length,
  });
  return [count("User"), count("Group")].filter(({ value }) => value > 0);
}
