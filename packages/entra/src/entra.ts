import type { Clock, Ports } from "@landbridge/core";
import type { Credential } from "./credentials.ts";
import { makeDirectory } from "./directory.ts";
import { makeEnterpriseApplications } from "./enterprise-applications.ts";
import { makeFederationMetadata } from "./federation-metadata.ts";
import { type Graph, makeGraph } from "./graph.ts";
import { makeGraphClient } from "./graph-client.ts";
import { makeGroupChanges } from "./subscriptions.ts";
import { makeProvisioningJobs } from "./provisioning-jobs.ts";

export interface EntraOptions {
  readonly tenantId: string;
  /** Client id of Landbridge's own app registration. */
  readonly clientId: string;
  readonly credential: Credential;
  /** Carries every request, to the real host names. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

interface InstanceOptions extends EntraOptions {
  /** Region of the Identity Center instance. */
  readonly region: string;
}

/** Opens Graph with the credential. Once per process: its middleware keeps the pace that throttling requires. */
export function openGraph({ tenantId, clientId, credential, fetch, clock }: EntraOptions): Graph {
  return makeGraph(makeGraphClient({ credential, fetch, clock }), { tenantId, clientId });
}

/** All of core's ports on Microsoft Graph v1.0 at once. */
export function makeEntra(
  options: InstanceOptions,
): Pick<Ports, "directory" | "applications" | "provisioning" | "federationMetadata" | "groupChanges"> {
  const { credential, fetch, clock, region } = options;
  const graph = openGraph(options);
  return {
    directory: makeDirectory(graph, credential),
    applications: makeEnterpriseApplications(graph),
    provisioning: makeProvisioningJobs(graph, clock, region),
    groupChanges: makeGroupChanges(graph),
    federationMetadata: makeFederationMetadata(fetch),
  };
}
