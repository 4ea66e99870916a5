import type { Kernel, Service } from "../kernel/kernel.ts";
import type { DirectoryFile } from "../seed/directory-file.ts";
import { registerClient } from "./client-application.ts";
import { type DirectoryAdministration, makeDirectoryAdministration } from "./directory.ts";
import { makeGraph } from "./graph/graph.ts";
import { ChangeNotifications } from "./graph/notifications/change-notifications.ts";
import { DEFAULT_PERMISSIONS } from "./graph/permissions.ts";
import type { Registration } from "./login/access-token.ts";
import { makeLogin } from "./login/login.ts";
import {
  entityIdOf,
  type SamlRefusal,
  type SamlRequest,
  type SamlResponse,
  signInWithSaml,
} from "./login/saml-sign-in.ts";
import { ProvisioningJobs } from "./provisioning/provisioning-jobs.ts";
import { seedState } from "./seed.ts";
import {
  type Application,
  type DirectoryGroup,
  type DirectoryUser,
  type ServicePrincipal,
  servicePrincipalOf,
} from "./state.ts";

/** A simulated Entra tenant. */
export interface Entra {
  /** `graph.microsoft.com`; paths begin with `/v1.0`. */
  readonly graph: Service;
  /** `login.microsoftonline.com`; paths begin with the tenant id. */
  readonly login: Service;
  /** Credentials of the one app registration that may sign in. */
  readonly credentials: {
    readonly tenantId: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** Live objects: a change is what the next request and the next provisioning cycle see. */
  users(): DirectoryUser[];
  groups(): DirectoryGroup[];
  readonly directory: DirectoryAdministration;
  /** Simulates `/saml2`, where people sign in. */
  readonly samlProvider: {
    readonly entityId: string;
    signIn(request: SamlRequest): SamlResponse | SamlRefusal;
  };
  /** The applications created from templates. */
  applications(): {
    readonly application: Application;
    readonly servicePrincipal: ServicePrincipal | undefined;
  }[];
  /** Replaces the granted application permissions; as in Entra, only tokens issued from now on carry them. */
  grant(permissions: readonly string[]): void;
  /** Ends background work within half a minute of the sandbox's time. */
  close(): void;
}

/**
 * Imitates Microsoft Graph, the sign-in service and the provisioning jobs for the tenant of a seed file.
 * @throws {Error} when a group of the file names a member that is not in it
 */
export function makeEntra(kernel: Kernel, file: DirectoryFile): Entra {
  const state = seedState(kernel, file);
  const { random } = kernel;
  const registration: Registration = {
    tenantId: state.tenant.id,
    clientId: random.uuid(),
    clientSecret: `sandbox~${random.hex(32)}`,
    tokenKey: random.hex(64),
    granted: DEFAULT_PERMISSIONS,
  };
  registerClient(state, registration.clientId);
  const jobs = new ProvisioningJobs(state);
  const notifications = new ChangeNotifications(state, registration.clientId);
  return {
    graph: makeGraph({ state, jobs, notifications }, registration),
    login: makeLogin(state, registration),
    credentials: {
      tenantId: registration.tenantId,
      clientId: registration.clientId,
      clientSecret: registration.clientSecret,
    },
    users: () => [...state.users.values()],
    groups: () => [...state.groups.values()],
    directory: makeDirectoryAdministration(state),
    samlProvider: { entityId: entityIdOf(state), signIn: (request) => signInWithSaml(state, request) },
    applications: () =>
      [...state.applications.values()]
        .filter(({ templateId }) => templateId !== null)
        .map((application) => ({
          application,
          servicePrincipal: servicePrincipalOf(state, application.appId),
        })),
    grant(permissions) {
      registration.granted = [...permissions];
    },
    close() {
      jobs.close();
      notifications.close();
    },
  };
}
