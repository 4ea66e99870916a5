import {
  makeAssertionSource,
  openExecutions,
  openFlowCallbacks,
  openIdentityCenter,
  openIdentityStore,
  openObjectStore,
  openOrganization,
  openRecordStore,
  openSecretStore,
  openTokenSealer,
  openTokenSupplier,
} from "@landbridge/aws";
import type { Ports } from "@landbridge/core";
import {
  makeDirectory,
  makeEnterpriseApplications,
  makeFederationMetadata,
  makeGroupChanges,
  makeGraphSignIn,
  makeProvisioningJobs,
  openGraph,
} from "@landbridge/entra";
import { makeScimProber } from "@landbridge/scim";
import { makeGraphCredential } from "./graph-credential.ts";
import type { Wiring } from "./wiring.ts";

// One function per port, with the port's name. A handler imports those that it passes to step(), so its bundle contains only
// their clients: declare functions only, nothing that runs at import.

export function applications(wiring: Wiring): Ports["applications"] {
  return makeEnterpriseApplications(wiring.use(graph));
}

export function callbacks({ client }: Wiring): Ports["callbacks"] {
  return openFlowCallbacks(client);
}

export function directory(wiring: Wiring): Ports["directory"] {
  return makeDirectory(wiring.use(graph), wiring.use(credential));
}

export function executions({ client, environment }: Wiring): Ports["executions"] {
  return openExecutions(client, environment.LANDBRIDGE_STATE_MACHINE_PREFIX);
}

export function federationMetadata({ fetch }: Wiring): Ports["federationMetadata"] {
  return makeFederationMetadata(fetch);
}

export function graphSignIn(wiring: Wiring): Ports["graphSignIn"] {
  const { environment, client } = wiring;
  return makeGraphSignIn(wiring.use(graph), {
    method: environment.LANDBRIDGE_CLIENT_SECRET_NAME === undefined ? "federated" : "client-secret",
    clientId: environment.LANDBRIDGE_CLIENT_ID,
    getAssertion: makeAssertionSource(client, environment.LANDBRIDGE_SIGN_IN_ROLE_ARN),
  });
}

export function groupChanges(wiring: Wiring): Ports["groupChanges"] {
  return makeGroupChanges(wiring.use(graph));
}

export function identityCenter({ client }: Wiring): Ports["identityCenter"] {
  return openIdentityCenter(client);
}

export function identityStore({ client }: Wiring): Ports["identityStore"] {
  return openIdentityStore(client);
}

export function objects({ client, environment }: Wiring): Ports["objects"] {
  return openObjectStore(client, environment.LANDBRIDGE_BUCKET);
}

export function organization({ client }: Wiring): Ports["organization"] {
  return openOrganization(client);
}

export function provisioning(wiring: Wiring): Ports["provisioning"] {
  return makeProvisioningJobs(wiring.use(graph), wiring.clock, wiring.settings.region);
}

export function records({ client, environment }: Wiring): Ports["records"] {
  return openRecordStore(client, environment.LANDBRIDGE_TABLE);
}

export function scim({ fetch, settings }: Wiring): Ports["scim"] {
  return makeScimProber({ fetch, region: settings.region });
}

export function sealer({ client, environment }: Wiring): Ports["sealer"] {
  return openTokenSealer(client, environment.LANDBRIDGE_TASK_KEY_SECRET_NAME);
}

export function secrets({ client }: Wiring): Ports["secrets"] {
  return openSecretStore(client);
}

export function tokenSupplier({ client }: Wiring): Ports["tokenSupplier"] {
  return openTokenSupplier(client);
}

function graph(wiring: Wiring) {
  const { fetch, clock } = wiring;
  return openGraph({ ...registration(wiring), credential: wiring.use(credential), fetch, clock });
}

function credential({ environment, fetch, client }: Wiring) {
  return makeGraphCredential(environment, { fetch, client });
}

function registration({ environment }: Wiring) {
  return { tenantId: environment.LANDBRIDGE_TENANT_ID, clientId: environment.LANDBRIDGE_CLIENT_ID };
}
