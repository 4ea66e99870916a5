import type { DirectoryGroup, DirectoryUser } from "../src/entra/state.ts";
import {
  type Answer,
  type TestApplication,
  type TestTenant,
  assign,
  makeApplication,
  makeJob,
  makeTestTenant,
  secretsOf,
} from "./test-tenant.ts";

export const CYCLE = 40 * 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface LogItem {
  readonly provisioningAction: string;
  readonly sourceIdentity: { readonly displayName: string };
  readonly provisioningStatusInfo: {
    readonly status: string;
    readonly errorInformation: { readonly errorCode: string; readonly reason: string } | null;
  };
}

export interface StartedJob extends TestTenant {
  readonly application: TestApplication;
  /** Path of the job, below /v1.0. */
  readonly path: string;
  readonly status: () => Promise<Record<string, unknown>>;
  /** POST of an action of the job. */
  readonly act: (verb: string, body?: unknown) => Promise<Answer>;
  readonly restart: (resetScope: string) => Promise<Answer>;
  /** Saves the usual secrets with these changed or added. */
  readonly saveSecrets: (changes: Record<string, string>) => Promise<Answer>;
  readonly assignTo: (name: string) => Promise<Answer>;
  readonly unassign: (name: string) => Promise<void>;
  readonly user: (name: string) => DirectoryUser;
  readonly group: (name: string) => DirectoryGroup;
  /** Newest first. */
  readonly log: (options?: string) => Promise<LogItem[]>;
  /** Requests to SCIM since the last call, probes and other reads left out. */
  readonly writes: () => string[];
}

/** A tenant whose groups or users `names` are assigned and whose job has been started; its first cycle is still to come. */
export async function startedJob(
  file: Record<string, unknown>,
  { names, token, secrets = {} }: { names: string[]; token?: string; secrets?: Record<string, string> },
): Promise<StartedJob> {
  const tenant = await makeTestTenant(file);
  const application = await makeApplication(tenant);
  for (const name of names) await assign(tenant, application, name);
  const path = await makeJob(tenant, application, token);
  const synchronization = `/servicePrincipals/${application.servicePrincipalId}`;
  const act = (verb: string, body?: unknown) => tenant.call("POST", `${path}/${verb}`, { body });
  const saveSecrets = (changes: Record<string, string>) => {
    const usual = secretsOf(tenant.scim, token ?? tenant.scim.token).value;
    const all = { ...Object.fromEntries(usual.map(({ key, value }) => [key, value])), ...changes };
    const value = Object.entries(all).map(([key, text]) => ({ key, value: text }));
    return tenant.call("PUT", `${synchronization}/synchronization/secrets`, { body: { value } });
  };
  if (Object.keys(secrets).length > 0) await saveSecrets(secrets);
  await act("start");
  return {
    ...tenant,
    application,
    path,
    act,
    saveSecrets,
    restart: (resetScope) => act("restart", { criteria: { resetScope } }),
    status: async () => ((await tenant.call("GET", path)).body as { status: Record<string, unknown> }).status,
    assignTo: (name) => assign(tenant, application, name),
    async unassign(name) {
      const { body } = await tenant.call("GET", `${synchronization}/appRoleAssignedTo`);
      const all = (body as { value: { id: string; principalDisplayName: string }[] }).value;
      const { id } = named(all, ({ principalDisplayName }) => principalDisplayName, name);
      await tenant.call("DELETE", `${synchronization}/appRoleAssignedTo/${id}`);
    },
    user: (name) => named(tenant.entra.users(), ({ displayName }) => displayName, name),
    group: (name) => named(tenant.entra.groups(), ({ displayName }) => displayName, name),
    async log(options = "") {
      // The log allows five requests in ten seconds.
      await tenant.clock.advance(2000);
      const { body } = await tenant.call("GET", `/auditLogs/provisioning${options}`);
      return (body as { value: LogItem[] }).value;
    },
    writes() {
      const writes = tenant.scim.requests.filter((request) => !request.startsWith("GET"));
      tenant.scim.requests.length = 0;
      return writes.toSorted();
    },
  };
}

function named<T>(items: readonly T[], nameOf: (item: T) => string, name: string): T {
  const item = items.find((one) => nameOf(one) === name);
  if (item === undefined) throw new Error(`Nothing is called ${name}`);
  return item;
}

/** A user of a directory file; `surname` null is a user that AWS refuses. */
export function person(name: string, surname: string | null = "Example") {
  return {
    userPrincipalName: `${name.toLowerCase()}@contoso.com`,
    displayName: name,
    givenName: name,
    surname,
  };
}

export function mails(people: readonly { readonly userPrincipalName: string }[]): string[] {
  return people.map(({ userPrincipalName }) => userPrincipalName);
}
