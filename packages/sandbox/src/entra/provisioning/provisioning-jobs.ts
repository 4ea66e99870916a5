import type { EntraState, ServicePrincipal } from "../state.ts";
import { ProvisioningJob } from "./provisioning-job.ts";
import { ProvisioningLog } from "./provisioning-log.ts";

/** The tenant's synchronization jobs. */
export class ProvisioningJobs {
  readonly log: ProvisioningLog;
  readonly #state: EntraState;
  readonly #jobs = new Map<string, ProvisioningJob>();

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
