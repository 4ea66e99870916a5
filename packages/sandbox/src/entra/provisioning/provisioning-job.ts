import { purgeExpired } from "../directory.ts";
import type { JsonObject } from "../odata.ts";
import { type EntraState, type ServicePrincipal, isoNow } from "../state.ts";
import { DEFAULT_DELETE_THRESHOLD } from "./accidental-deletions.ts";
import { type Flows, compileFlows } from "./attribute-flows.ts";
import { type CycleResult, runCycle } from "./cycle.ts";
import { traceDirectory } from "./directory-trace.ts";
import { JobMemory } from "./job-memory.ts";
import {
  type Execution,
  type JobStatus,
  NEVER,
  type SynchronizationError,
  newStatus,
  statusView,
} from "./job-status.ts";
import type { ProvisioningLog } from "./provisioning-log.ts";
import type { Session } from "./push-object.ts";
import { type Verdict, imposeQuarantine } from "./quarantine.ts";
import type { RestartScope } from "./restart-scope.ts";
import { makeScimClient } from "./scim-client.ts";
import { CONNECTION_LOST, CREDENTIALS_REFUSED, ScimConnectionError, ScimOutage } from "./scim-errors.ts";
import type { ScimConnection } from "./scim-transport.ts";
import { type SynchronizationSchema, defaultSchema } from "./synchronization-schema.ts";

const CYCLE_MILLISECONDS = 40 * 60_000;
const IDLE: CycleResult = { entitled: 0, failed: 0, exported: 0, verdict: null };
const SCHEMA_CHANGED: RestartScope = {
  watermark: true,
  escrows: true,
  quarantine: true,
  connectorDataStore: false,
  forceDeletes: false,
};

/** One synchronization job: its cycles run in the background, on the sandbox's clock. */
export class ProvisioningJob {
  readonly id: string;
  readonly templateId: string;
  readonly ruleId: string;
  readonly servicePrincipal: ServicePrincipal;
  readonly #state: EntraState;
  readonly #log: ProvisioningLog;
  readonly #memory = new JobMemory();
  #schema: SynchronizationSchema;
  #flows: Flows;
  #status: JobStatus = newStatus();
  #forceDeletes = false;
  #stop = new AbortController();
  #cycleUnderWay: Promise<void> = Promise.resolve();

  constructor(
    state: EntraState,
    log: ProvisioningLog,
    { servicePrincipal, templateId }: { servicePrincipal: ServicePrincipal; templateId: string },
  ) {
    const { random } = state.kernel;
    this.id = `${templateId}.${state.tenant.id.replaceAll("-", "")}.${random.uuid()}`;
    this.templateId = templateId;
    this.ruleId = random.uuid();
    this.servicePrincipal = servicePrincipal;
    this.#state = state;
    this.#log = log;
    this.#schema = defaultSchema(this);
    this.#flows = compileFlows(this.#schema);
  }

  /** Starts or resumes, and ends a quarantine; does nothing to a job that runs. */
  start(): void {
    const { code, schedule } = this.#status;
    if (schedule === "Active" && code !== "Quarantine") return;
    this.stop();
    this.#begin(null);
  }

  pause(): void {
    this.stop();
    this.#status.code = "Paused";
    this.#status.schedule = "Paused";
    this.#status.progress = null;
  }

  restart(scope: RestartScope): void {
    this.stop();
    const { quarantine } = this.#status;
    if (scope.watermark) this.#status = newStatus();
    this.#forceDeletes ||= scope.forceDeletes;
    const lifts = scope.quarantine || (scope.forceDeletes && quarantine?.reason === "TooManyDeletes");
    // After the objects that the last cycle is still at.
    this.#cycleUnderWay = this.#cycleUnderWay.then(() => this.#memory.reset(scope));
    this.#begin(lifts ? null : quarantine);
  }

  /** Ends the background work; the running cycle starts no further object. */
  stop(): void {
    this.#stop.abort();
  }

  schema(): SynchronizationSchema {
    return this.#schema;
  }

  /**
   * Replaces the mappings; a job that runs begins an initial cycle.
   * @throws {GraphRefusal} for what the sandbox does not imitate
   */
  replaceSchema(schema: SynchronizationSchema): void {
    this.#flows = compileFlows(schema);
    this.#schema = { ...schema, id: this.id };
    this.#memory.forgetTrace();
    if (this.#status.schedule === "Active") this.restart(SCHEMA_CHANGED);
  }

  /** Null while no connection is saved. */
  connection(): ScimConnection | null {
    const { secrets } = this.servicePrincipal;
    const baseAddress = secrets.get("BaseAddress");
    const token = secrets.get("SecretToken");
    return baseAddress && token ? { baseAddress, token } : null;
  }

  /** For a push outside the cycles: the next cycle processes everything. */
  session(connection: ScimConnection): Session {
    this.#memory.forgetTrace();
    return this.#session(connection);
  }

  /** Outside the cycles: nothing is left to retry. */
  hasArrived(objectId: string): void {
    this.#memory.escrows.succeed(objectId);
  }

  view(): JsonObject {
    const threshold = String(DEFAULT_DELETE_THRESHOLD);
    return {
      id: this.id,
      templateId: this.templateId,
      ...statusView(this.#status, this.#memory.links),
      synchronizationJobSettings: [{ name: "QuarantineTooManyDeletesThreshold", value: threshold }],
    };
  }

  #session(connection: ScimConnection, cycle?: AbortSignal): Session {
    const scim = makeScimClient(this.#state.kernel, connection, cycle);
    return { scim, links: this.#memory.links, flows: this.#flows };
  }

  #begin(quarantine: JobStatus["quarantine"]): void {
    const { signal } = (this.#stop = new AbortController());
    const status = this.#status;
    status.quarantine = quarantine;
    status.schedule = "Active";
    const running = status.steadyStateFirstAchievedAt === NEVER ? "NotRun" : "Active";
    status.code = quarantine ? "Quarantine" : running;
    // A fault of the sandbox itself is not caught: it shall be seen.
    void this.#run(signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#state.kernel;
    const soon = 3000 + random.next() * 5000;
    await clock.sleep(this.#status.quarantine ? this.#untilNextCycle() : soon, signal);
    while (!signal.aborted) {
      // Never two at once: the last cycle before a pause may still be finishing its objects.
      this.#cycleUnderWay = this.#cycleUnderWay.then(() => this.#cycle(signal));
      await this.#cycleUnderWay;
      await clock.sleep(this.#untilNextCycle(), signal);
    }
  }

  #untilNextCycle(): number {
    const { quarantine } = this.#status;
    if (!quarantine) return CYCLE_MILLISECONDS;
    return Date.parse(quarantine.nextAttemptAt) - this.#state.kernel.clock.now();
  }

  async #cycle(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const start = { cycleId: this.#state.kernel.random.uuid(), beganAt: isoNow(this.#state) };
    try {
      const result = await this.#attempt(signal, start.cycleId);
      if (!signal.aborted) this.#end(start, result);
    } catch (error) {
      if (!(error instanceof ScimConnectionError || error instanceof ScimOutage)) throw error;
      if (signal.aborted) return;
      if (error instanceof ScimOutage && !this.#status.quarantine) return this.#breakOff(start, error);
      // In a job every kind of lost connection shows under the one code.
      const shown = { code: CREDENTIALS_REFUSED, message: error.message };
      const verdict = { reason: "EncounteredQuarantineException", error: shown } as const;
      this.#end(start, { ...IDLE, verdict });
    }
  }

  async #attempt(signal: AbortSignal, cycleId: string): Promise<CycleResult> {
    const connection = this.connection();
    if (!connection) {
      throw new ScimConnectionError(CREDENTIALS_REFUSED, "No credentials are saved for the job.");
    }
    purgeExpired(this.#state);
    const session = this.#session(connection, signal);
    const trace = traceDirectory(this.#state, this.servicePrincipal);
    const memory = this.#memory;
    if (!this.#forceDeletes && memory.isUpToDate(trace, this.#state.kernel.clock.now())) {
      await session.scim.probe();
      return IDLE;
    }
    // Changes during the cycle belong to the next one.
    const pass = memory.forgetTrace();
    if (this.#status.quarantine) memory.escrows.retryAll({ evenGivenUp: false });
    const by = { jobId: this.id, cycleId, servicePrincipalId: this.servicePrincipal.id };
    const result = await runCycle({
      state: this.#state,
      session,
      escrows: memory.escrows,
      servicePrincipal: this.servicePrincipal,
      forceDeletes: this.#forceDeletes,
      signal,
      onOutcome: (outcome, progress) => {
        if (outcome.status !== "skipped" || outcome.error) this.#log.add(by, outcome);
        if (!signal.aborted) this.#status.progress = { ...progress, at: isoNow(this.#state) };
      },
    });
    if (signal.aborted) return result;
    this.#forceDeletes = false;
    if (!result.verdict) memory.remember(trace, pass);
    return result;
  }

  /** The cycle failed as a whole; the next one starts at its usual time. */
  #breakOff(start: CycleStart, { message }: ScimOutage): void {
    const status = this.#status;
    status.progress = null;
    status.successiveFailures += 1;
    status.lastExecution = this.#execution(start, IDLE, { code: CONNECTION_LOST, message });
  }

  #end(start: CycleStart, { verdict, ...result }: CycleResult): void {
    const status = this.#status;
    const execution = this.#execution(start, result, verdict?.error ?? null);
    status.progress = null;
    status.lastExecution = execution;
    if (execution.exported > 0) status.lastSuccessfulExecutionWithExports = execution;
    if (verdict && this.#isQuarantined(verdict, execution.endedAt)) return;
    status.code = "Active";
    status.quarantine = null;
    status.successiveFailures = 0;
    status.steadyStateLastAchievedAt = execution.endedAt;
    if (execution.escrowed === 0 && !verdict) status.lastSuccessfulExecution = execution;
    if (status.steadyStateFirstAchievedAt === NEVER) status.steadyStateFirstAchievedAt = execution.endedAt;
    if (!verdict) return;
    // "If the job's escrows were pruned during initial synchronization" (synchronizationStatus): no quarantine, a pause.
    this.#memory.escrows.stopRetrying();
    status.escrowsPruned = true;
    this.pause();
  }

  #execution(
    { cycleId, beganAt }: CycleStart,
    { entitled, failed, exported }: Pick<CycleResult, "entitled" | "failed" | "exported">,
    error: SynchronizationError | null,
  ): Execution {
    const { failures, references } = this.#memory.escrows.counts();
    return {
      activityIdentifier: cycleId,
      state: error ? "Failed" : failed > 0 ? "EntryLevelErrors" : "Succeeded",
      beganAt,
      endedAt: isoNow(this.#state),
      error,
      entitled,
      failed,
      escrowed: failures + references,
      exported,
    };
  }

  /** @returns false when the initial cycle is let off: what failed is dropped instead */
  #isQuarantined(verdict: Verdict, now: string): boolean {
    const status = this.#status;
    const isInitial = status.steadyStateFirstAchievedAt === NEVER && !status.quarantine;
    const isAboutEscrows = verdict.reason.includes("Escrow");
    if (isInitial && isAboutEscrows) return false;
    const quarantine = imposeQuarantine(status.quarantine, verdict, now);
    status.code = "Quarantine";
    status.successiveFailures += 1;
    status.quarantine = quarantine;
    if (quarantine.nextAttemptAt === NEVER) {
      this.stop();
      status.schedule = "Disabled";
      this.#memory.escrows.stopRetrying();
    }
    return true;
  }
}

interface CycleStart {
  readonly cycleId: string;
  readonly beganAt: string;
}
