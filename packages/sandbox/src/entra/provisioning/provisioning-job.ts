import type { JsonObject } from "../odata.ts";
import { type EntraState, type ServicePrincipal, isoNow } from "../state.ts";
import { type CycleResult, runCycle } from "./cycle.ts";
import { type JobStatus, NEVER, type SynchronizationError, newStatus, statusView } from "./job-status.ts";
import { type Links, forgetState } from "./links.ts";
import type { ProvisioningLog } from "./provisioning-log.ts";
import type { Session } from "./push-object.ts";
import { type ScimConnection, makeScimClient } from "./scim-client.ts";
import { CREDENTIALS_REFUSED, ScimConnectionError } from "./scim-errors.ts";

const HOUR_MILLISECONDS = 3_600_000;
const CYCLE_MILLISECONDS = 40 * 60_000;
/** Attempts in quarantine ("Application provisioning in quarantine status"); the last repeats. */
const QUARANTINE_HOURS = [6, 6, 12, 24];

/** One synchronization job: its cycles run in the background, on the sandbox's clock. */
export class ProvisioningJob {
  readonly id: string;
  readonly templateId: string;
  readonly ruleId: string;
  readonly servicePrincipal: ServicePrincipal;
  readonly #state: EntraState;
  readonly #log: ProvisioningLog;
  readonly #links: Links = new Map();
  #status: JobStatus = newStatus();
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
  }

  /** Starts or resumes, and ends a quarantine; does nothing to a job that runs. */
  start(): void {
    if (this.#status.code === "NotRun" || this.#status.code === "Active") return;
    this.#begin();
  }

  pause(): void {
    this.stop();
    this.#status.code = "Paused";
    this.#status.schedule = "Paused";
    this.#status.progress = null;
  }

  /** @param full forgets how far the job had come, so that the next cycle is an initial one */
  restart({ full }: { readonly full: boolean }): void {
    this.stop();
    if (full) {
      forgetState(this.#links);
      this.#status = newStatus();
    }
    this.#begin();
  }

  /** Ends the background work; the cycle under way takes no further object. */
  stop(): void {
    this.#stop.abort();
  }

  /** Null while no connection is saved. */
  connection(): ScimConnection | null {
    const { secrets } = this.servicePrincipal;
    const baseAddress = secrets.get("BaseAddress");
    const token = secrets.get("SecretToken");
    return baseAddress && token ? { baseAddress, token } : null;
  }

  session(connection: ScimConnection): Session {
    return { scim: makeScimClient(this.#state.kernel, connection), links: this.#links };
  }

  view(): JsonObject {
    return {
      id: this.id,
      templateId: this.templateId,
      ...statusView(this.#status, this.#links),
      synchronizationJobSettings: [{ name: "QuarantineTooManyDeletesThreshold", value: "500" }],
    };
  }

  #begin(): void {
    const { signal } = (this.#stop = new AbortController());
    this.#status.quarantine = null;
    this.#status.schedule = "Active";
    this.#status.code = this.#status.steadyStateFirstAchievedAt === NEVER ? "NotRun" : "Active";
    // A fault of the sandbox itself is not caught: it shall be seen.
    void this.#run(signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#state.kernel;
    await clock.sleep(3000 + random.next() * 5000, signal);
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
    const beganAt = isoNow(this.#state);
    const cycleId = this.#state.kernel.random.uuid();
    const by = { jobId: this.id, cycleId, servicePrincipalId: this.servicePrincipal.id };
    try {
      const connection = this.connection();
      if (!connection)
        throw new ScimConnectionError(CREDENTIALS_REFUSED, "No credentials are saved for the job.");
      const result = await runCycle({
        state: this.#state,
        session: this.session(connection),
        servicePrincipal: this.servicePrincipal,
        signal,
        onOutcome: (outcome, progress) => {
          if (outcome.status !== "skipped") this.#log.add(by, outcome);
          if (!signal.aborted) this.#status.progress = { ...progress, at: isoNow(this.#state) };
        },
      });
      if (!signal.aborted) this.#succeed({ cycleId, beganAt }, result);
    } catch (error) {
      if (!(error instanceof ScimConnectionError)) throw error;
      // In a job every kind of lost connection shows under the one code.
      const shown = { code: CREDENTIALS_REFUSED, message: error.message };
      if (!signal.aborted) this.#quarantine({ cycleId, beganAt }, shown);
    }
  }

  #succeed({ cycleId, beganAt }: CycleStart, { entitled, failed, exported }: CycleResult): void {
    const status = this.#status;
    const endedAt = isoNow(this.#state);
    const execution = {
      activityIdentifier: cycleId,
      state: failed > 0 ? ("EntryLevelErrors" as const) : ("Succeeded" as const),
      beganAt,
      endedAt,
      error: null,
      entitled,
      escrowed: failed,
      exported,
    };
    status.code = "Active";
    status.quarantine = null;
    status.progress = null;
    status.successiveFailures = 0;
    if (status.steadyStateFirstAchievedAt === NEVER) status.steadyStateFirstAchievedAt = endedAt;
    status.steadyStateLastAchievedAt = endedAt;
    status.lastExecution = execution;
    status.lastSuccessfulExecution = execution;
    if (exported > 0) status.lastSuccessfulExecutionWithExports = execution;
  }

  #quarantine({ cycleId, beganAt }: CycleStart, error: SynchronizationError): void {
    const status = this.#status;
    const endedAt = isoNow(this.#state);
    const seriesCount = (status.quarantine?.seriesCount ?? 0) + 1;
    const hours = QUARANTINE_HOURS[Math.min(seriesCount, QUARANTINE_HOURS.length) - 1] ?? 24;
    status.code = "Quarantine";
    status.progress = null;
    status.successiveFailures += 1;
    status.lastExecution = {
      activityIdentifier: cycleId,
      state: "Failed",
      beganAt,
      endedAt,
      error,
      entitled: 0,
      escrowed: 0,
      exported: 0,
    };
    status.quarantine = {
      beganAt: endedAt,
      seriesBeganAt: status.quarantine?.seriesBeganAt ?? endedAt,
      seriesCount,
      nextAttemptAt: new Date(Date.parse(endedAt) + hours * HOUR_MILLISECONDS).toISOString(),
      error,
    };
  }
}

interface CycleStart {
  readonly cycleId: string;
  readonly beganAt: string;
}
