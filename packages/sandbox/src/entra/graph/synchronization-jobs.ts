import * as z from "zod";
import { badRequest, notFound } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import type { ProvisioningJob } from "../provisioning/provisioning-job.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { parseRestartScope } from "../provisioning/restart-scope.ts";
import type { EntraState } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import { type GraphCall, type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { SYNCHRONIZATION, findJob } from "./synchronization-path.ts";
import { synchronizationTemplate } from "./synchronization-templates.ts";

const NewJob = z.strictObject({ templateId: z.string().min(1) });
const Restart = z.strictObject({
  criteria: z.strictObject({ resetScope: z.string().nullish() }).nullish(),
});

export function synchronizationJobOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  const read = { method: "GET", needs: NEEDS.readSynchronization } as const;
  const post = { method: "POST", needs: NEEDS.writeSynchronization } as const;
  const job = (call: GraphCall) => findJob(state, jobs, call);
  return [
    {
      ...read,
      path: `${SYNCHRONIZATION}/jobs`,
      handle: ({ query, url, param }) => {
        const items = jobs.of(findServicePrincipal(state, param("id")).id);
        const collection = { context: "synchronizationJobs", filterable: {}, view: jobView };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
    {
      ...post,
      path: `${SYNCHRONIZATION}/jobs`,
      async handle({ param, body }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        const { templateId } = await body(NewJob);
        if (templateId !== synchronizationTemplate(state, servicePrincipal).id) throw notFound(templateId);
        return Response.json(jobs.create(servicePrincipal, templateId).view(), { status: 201 });
      },
    },
    {
      ...read,
      path: `${SYNCHRONIZATION}/jobs/{jobId}`,
      handle: (call) =>
        Response.json(singleObject(job(call).view(), call.query, { context: "synchronizationJobs" })),
    },
    {
      method: "DELETE",
      needs: NEEDS.writeSynchronization,
      path: `${SYNCHRONIZATION}/jobs/{jobId}`,
      handle(call) {
        jobs.delete(job(call).id);
        return noContent();
      },
    },
    {
      ...post,
      path: `${SYNCHRONIZATION}/jobs/{jobId}/start`,
      handle(call) {
        job(call).start();
        return noContent();
      },
    },
    {
      ...post,
      path: `${SYNCHRONIZATION}/jobs/{jobId}/pause`,
      handle(call) {
        job(call).pause();
        return noContent();
      },
    },
    {
      ...post,
      path: `${SYNCHRONIZATION}/jobs/{jobId}/restart`,
      async handle(call) {
        const found = job(call);
        const { criteria } = await call.body(Restart);
        const scope = parseRestartScope(criteria?.resetScope ?? "");
        if (typeof scope === "string") throw badRequest(`resetScope has no value '${scope}'.`);
        found.restart(scope);
        return noContent();
      },
    },
  ];
}

function jobView(job: ProvisioningJob): JsonObject {
  return job.view();
}
