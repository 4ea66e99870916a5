import { z } from "zod";
import { badRequest, notFound } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import type { ProvisioningJob } from "../provisioning/provisioning-job.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { synchronizationSchema } from "../provisioning/synchronization-schema.ts";
import { type EntraState, type ServicePrincipal, applicationOf } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import { type GraphCall, type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

const SYNCHRONIZATION = "/servicePrincipals/{id}/synchronization";
const AWS_TEMPLATE = "21ed01d2-ec13-4e9e-86c1-cd546719ebc4";

const NewJob = z.strictObject({ templateId: z.string().min(1) });
const Restart = z.strictObject({
  criteria: z.strictObject({ resetScope: z.string().optional() }).nullish(),
});

/** Values of resetScope; Microsoft says not to use None and ConnectorDataStore ("synchronizationJob: restart"). */
const RESET_SCOPES = new Set(["Escrows", "Watermark", "QuarantineState", "Full", "ForceDeletes"]);

export function synchronizationJobOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  const read = { method: "GET", needs: NEEDS.readSynchronization } as const;
  const post = { method: "POST", needs: NEEDS.writeSynchronization } as const;
  const job = (call: GraphCall) => findJob(state, jobs, call);
  return [
    {
      ...read,
      path: `${SYNCHRONIZATION}/templates`,
      handle: ({ query, url, param }) => {
        const items = [template(state, findServicePrincipal(state, param("id")))];
        const collection = { context: "synchronizationTemplates", filterable: {}, view: asIs };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
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
        if (templateId !== template(state, servicePrincipal).id) throw notFound(templateId);
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
      ...read,
      path: `${SYNCHRONIZATION}/jobs/{jobId}/schema`,
      handle: (call) => Response.json(synchronizationSchema(job(call))),
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
        const scopes = (criteria?.resetScope ?? "").split(",").flatMap((scope) => scope.trim() || []);
        const foreign = scopes.find((scope) => !RESET_SCOPES.has(scope));
        if (foreign) throw badRequest(`resetScope '${foreign}' is not supported.`);
        const full = scopes.length === 0 || scopes.includes("Full") || scopes.includes("Watermark");
        found.restart({ full });
        return noContent();
      },
    },
  ];
}

export function findJob(state: EntraState, jobs: ProvisioningJobs, { param }: GraphCall): ProvisioningJob {
  const { id } = findServicePrincipal(state, param("id"));
  const job = jobs.of(id).find((candidate) => candidate.id === param("jobId"));
  if (!job) throw notFound(param("jobId"));
  return job;
}

/** Neither id is Microsoft's: those of the real templates are published nowhere. Read them, as from Entra. */
function template(state: EntraState, { appId }: ServicePrincipal): JsonObject & { readonly id: string } {
  const isAws = applicationOf(state, appId)?.templateId === AWS_TEMPLATE;
  const id = isAws ? "awsidentitycenter" : "scim";
  return {
    id,
    applicationId: appId,
    default: true,
    description: null,
    discoverable: true,
    factoryTag: isAws ? "awsidentitycenter" : "CustomSCIM",
    metadata: [],
    schema: null,
  };
}

function jobView(job: ProvisioningJob): JsonObject {
  return job.view();
}

function asIs(object: JsonObject): JsonObject {
  return object;
}
