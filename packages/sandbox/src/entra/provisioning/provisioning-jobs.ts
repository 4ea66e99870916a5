import type { EntraState, ServicePrincipal } from "../state.ts";
import { ProvisioningJob } from "./provisioning-job.ts";
import { ProvisioningLog } from "./provisioning-log.ts";

const MEAN_DELAY = 60_000;
const LONGEST_DELAY = 180_000;

/** The tenant's synchronization jobs. */
export class ProvisioningJobs {
  readonly log: ProvisioningLog;
  readonly #state: EntraState;
  readonly #jobs = new Map<string, ProvisioningJob>();
  /** Milliseconds since the epoch, by assignment id. */
  readonly #honouredAt = new Map<string, number>();

  constructor(state: EntraState) {
    this.#state = state;
    this.log = new ProvisioningLog(state);
  }

  create(servicePrincipal: ServicePrincipal, templateId: string): ProvisioningJob {
    const job = new ProvisioningJob(this.#state, this.log, { servicePrincipal, templateId });
    this.#jobs.set(job.id, job);
    return job;
  }

  of(servicePrincipalId: string): ProvisioningJob[] {
    return [...this.#jobs.values()].filter(
      ({ servicePrincipal }) => servicePrincipal.id === servicePrincipalId,
    );
  }

  /**
   * Whether provisioning on demand already knows the assignment: "up to a few minutes" after it was created ("On-demand
   * provisioning"), here a minute on average.
   */
  isHonouredOnDemand(assignmentId: string): boolean {
    const assignment = this.#state.assignments.get(assignmentId);
    if (!assignment) return false;
    const { random, clock } = this.#state.kernel;
    const honouredAt =
      this.#honouredAt.get(assignmentId) ??
      Date.parse(assignment.createdAt) + Math.min(random.latency(MEAN_DELAY), LONGEST_DELAY);
    this.#honouredAt.set(assignmentId, honouredAt);
    return honouredAt <= clock.now();
  }

  delete(jobId: string): void {
    this.#jobs.get(jobId)?.stop();
    this.#jobs.delete(jobId);
  }

  deleteAll(servicePrincipalId: string): void {
    for (const { id } of this.of(servicePrincipalId)) this.delete(id);
  }

  close(): void {
    for (const job of this.#jobs.values()) job.stop();
  }
}
