import { notFound } from "../errors.ts";
import type { ProvisioningJob } from "../provisioning/provisioning-job.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import type { EntraState } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import type { GraphCall } from "./operation.ts";

export const SYNCHRONIZATION = "/servicePrincipals/{id}/synchronization";

/** @throws {GraphRefusal} 404 for a service principal or job that is not there */
export function findJob(state: EntraState, jobs: ProvisioningJobs, { param }: GraphCall): ProvisioningJob {
  const { id } = findServicePrincipal(state, param("id"));
  const job = jobs.of(id).find((candidate) => candidate.id === param("jobId"));
  if (!job) throw notFound(param("jobId"));
  return job;
}
