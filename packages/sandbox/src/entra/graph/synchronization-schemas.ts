import { badRequest } from "../errors.ts";
import { GRAPH } from "../odata.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { SynchronizationSchema } from "../provisioning/synchronization-schema.ts";
import type { EntraState } from "../state.ts";
import { type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { SYNCHRONIZATION, findJob } from "./synchronization-path.ts";

/** The mappings of a job; a PUT replaces all of them ("Update synchronizationSchema"). */
export function synchronizationSchemaOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  const path = `${SYNCHRONIZATION}/jobs/{jobId}/schema`;
  return [
    {
      method: "GET",
      path,
      needs: NEEDS.readSynchronization,
      handle: (call) =>
        Response.json({
          "@odata.context": `${GRAPH}/$metadata#synchronizationSchema`,
          ...findJob(state, jobs, call).schema(),
        }),
    },
    {
      method: "PUT",
      path,
      needs: NEEDS.writeSynchronization,
      async handle(call) {
        const job = findJob(state, jobs, call);
        const { "@odata.context": _, ...schema } = await call.body(SynchronizationSchema);
        const [{ id }] = schema.synchronizationRules;
        if (id !== job.ruleId) throw badRequest(`The job has no rule '${id}'.`);
        job.replaceSchema(schema);
        return noContent();
      },
    },
  ];
}
