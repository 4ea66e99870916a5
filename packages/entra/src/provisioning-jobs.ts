import type { Clock, ProvisioningJobs } from "@landbridge/core";
import type { Graph } from "./graph.ts";
import { makePacer } from "./pacer.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";
import { changeMappings, readMappings } from "./attribute-mappings.ts";
import { makeOnDemandProvisioning } from "./provision-on-demand.ts";
import { saveSecrets, validateCredentials } from "./provisioning-credentials.ts";
import { listFailures } from "./provisioning-failures.ts";
import { toProvisioningStatus } from "./provisioning-status.ts";
import { jobPath, synchronizationPath } from "./synchronization-path.ts";
import { chooseTemplate } from "./synchronization-template.ts";

const permission = GRAPH_PERMISSIONS.writeProvisioning;

/** @param region of the Identity Center instance: the only one that Entra is told to provision to */
export function makeProvisioningJobs(graph: Graph, clock: Clock, region: string): ProvisioningJobs {
  const onDemand = makeOnDemandProvisioning(graph, clock);
  // The provisioning log has its own allowance: 5 requests in 10 seconds (provisioningObjectSummary: list).
  const logPace = makePacer(clock, 5, 10_000);

  return {
    async list(servicePrincipalId) {
      const jobs: string[] = [];
      const path = `${synchronizationPath(servicePrincipalId)}/jobs`;
      for await (const job of graph.list({ operation: "List synchronization jobs", permission, path })) {
        jobs.push(job.text("id"));
      }
      return jobs;
    },

    async create(servicePrincipalId) {
      const job = await graph.post({
        operation: "Create synchronizationJob",
        permission,
        path: `${synchronizationPath(servicePrincipalId)}/jobs`,
        body: { templateId: await chooseTemplate({ graph, clock }, servicePrincipalId) },
      });
      return job.text("id");
    },

    validateCredentials: (servicePrincipalId, jobId, connection) =>
      validateCredentials({ graph, region }, jobPath(servicePrincipalId, jobId), connection),
    saveSecrets: (servicePrincipalId, connection) =>
      saveSecrets({ graph, region }, servicePrincipalId, connection),

    start: (servicePrincipalId, jobId) =>
      graph.write("post", {
        operation: "Start synchronizationJob",
        permission,
        path: `${jobPath(servicePrincipalId, jobId)}/start`,
      }),

    async readStatus(servicePrincipalId, jobId) {
      const path = jobPath(servicePrincipalId, jobId);
      return toProvisioningStatus(await graph.get({ operation: "Get synchronizationJob", permission, path }));
    },

    readMappings: (servicePrincipalId, jobId) => readMappings(graph, jobPath(servicePrincipalId, jobId)),
    changeMappings: (servicePrincipalId, jobId, changes) =>
      changeMappings(graph, jobPath(servicePrincipalId, jobId), changes),

    provisionGroup: (servicePrincipalId, jobId, groupId, memberIds) =>
      onDemand.provisionGroup(jobPath(servicePrincipalId, jobId), groupId, memberIds),
    provisionUser: (servicePrincipalId, jobId, userId) =>
      onDemand.provisionUser(jobPath(servicePrincipalId, jobId), userId),
    listFailures: (jobId) => listFailures(graph, jobId, logPace),
  };
}
