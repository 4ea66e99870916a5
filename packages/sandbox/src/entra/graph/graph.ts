import { type Context, Hono } from "hono";
import type { Service } from "../../kernel/kernel.ts";
import { GraphRefusal, denied, errorResponse, notImplemented, unauthenticated } from "../errors.ts";
import { type Registration, rolesOf } from "../login/access-token.ts";
import { parseQuery } from "../odata.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { type EntraState, isoNow } from "../state.ts";
import { appRoleAssignmentOperations } from "./app-role-assignments.ts";
import { applicationTemplateOperations } from "./application-templates.ts";
import { applicationOperations } from "./applications.ts";
import { groupMemberOperations } from "./group-members.ts";
import { groupOperations } from "./groups.ts";
import { type Operation, readBody } from "./operation.ts";
import { organizationOperations } from "./organization.ts";
import { areMet } from "./permissions.ts";
import { provisionOnDemandOperations } from "./provision-on-demand.ts";
import { provisioningLogOperations } from "./provisioning-log.ts";
import { servicePrincipalOperations } from "./service-principals.ts";
import { signingCertificateOperations } from "./signing-certificates.ts";
import { synchronizationCredentialOperations } from "./synchronization-credentials.ts";
import { synchronizationJobOperations } from "./synchronization-jobs.ts";
import { userOperations } from "./users.ts";

/** `graph.microsoft.com`, version 1.0: what a client needs to connect the tenant to AWS, and no more. */
export function makeGraph(state: EntraState, jobs: ProvisioningJobs, registration: Registration): Service {
  const operations: Operation[] = [
    ...organizationOperations(state),
    ...userOperations(state),
    ...groupOperations(state),
    ...groupMemberOperations(state),
    ...applicationTemplateOperations(state),
    ...applicationOperations(state, jobs),
    ...servicePrincipalOperations(state),
    ...signingCertificateOperations(state),
    ...appRoleAssignmentOperations(state),
    ...synchronizationJobOperations(state, jobs),
    ...synchronizationCredentialOperations(state, jobs),
    ...provisionOnDemandOperations(state, jobs),
    ...provisioningLogOperations(state, jobs),
  ];
  const app = new Hono();

  async function answer(request: Request, name: string, respond: () => Response | Promise<Response>) {
    const requestId = state.kernel.random.uuid();
    const clientRequestId = request.headers.get("client-request-id") ?? requestId;
    let response: Response;
    try {
      response = await respond();
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      response = errorResponse(error, { requestId, clientRequestId, date: isoNow(state) });
    }
    response.headers.set("request-id", requestId);
    response.headers.set("client-request-id", clientRequestId);
    state.kernel.calls.record("graph", name, response.status);
    return response;
  }

  function authenticate(request: Request): string[] {
    const header = request.headers.get("authorization") ?? "";
    const token = /^Bearer (.+)$/i.exec(header)?.[1];
    if (!token) throw unauthenticated("Access token is empty.");
    const roles = rolesOf(token, registration);
    if (!roles) throw unauthenticated("Access token validation failure. Invalid signature or audience.");
    return roles;
  }

  for (const operation of operations) {
    const path = `/v1.0${operation.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    app.on(operation.method, path, ({ req }: Context) =>
      answer(req.raw, `${operation.method} ${operation.path}`, () => {
        const roles = authenticate(req.raw);
        if (!areMet(operation.needs, roles)) throw denied();
        const url = new URL(req.url);
        return operation.handle({
          url,
          roles,
          query: parseQuery(url.searchParams),
          eventual: req.header("ConsistencyLevel")?.toLowerCase() === "eventual",
          param: (name) => req.param(name) ?? "",
          body: (schema) => readBody(req.raw, schema),
        });
      }),
    );
  }
  app.notFound(({ req }) =>
    answer(req.raw, `${req.method} (unknown)`, () => {
      authenticate(req.raw);
      throw notImplemented(`${req.method} ${req.path}`);
    }),
  );
  // Hono would turn a fault of the sandbox into a bare 500.
  app.onError((error) => {
    throw error;
  });
  return { fetch: (request) => app.fetch(request) };
}
