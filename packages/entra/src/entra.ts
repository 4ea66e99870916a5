import type { TokenCredential } from "@azure/identity";
import type { Clock, Ports } from "@landbridge/core";
import { makeDirectory } from "./directory.ts";
import { makeEnterpriseApplications } from "./enterprise-applications.ts";
import { makeFederationMetadata } from "./federation-metadata.ts";
import { makeGraph } from "./graph.ts";
import { makeGraphClient } from "./graph-client.ts";
import { makeProvisioningJobs } from "./provisioning-jobs.ts";

export interface EntraOptions {
  readonly tenantId: string;
  /** Client id of Landbridge's own app registration. */
  readonly clientId: string;
  readonly credential: TokenCredential;
  /** Carries every request, to the real host names. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** Core's ports on Microsoft Graph v1.0. */
export function makeEntra({
  tenantId,
  clientId,
  credential,
  fetch,
  clock,
}: EntraOptions): Pick<Ports, "directory" | "applications" | "provisioning" | "federationMetadata"> {
  const app = { tenantId, clientId };
  const graph = makeGraph(makeGraphClient({ credential, fetch, clock }), app);
  return {
    directory: makeDirectory(graph, credential, app),
    applications: makeEnterpriseApplications(graph, clock),
    provisioning: makeProvisioningJobs(graph, clock),
    federationMetadata: makeFederationMetadata(fetch),
  };
}
