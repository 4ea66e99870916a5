import { contractLayer } from "@landbridge/contract-check";
import { CallLog } from "../src/kernel/calls.ts";
import type { Kernel } from "../src/kernel/kernel.ts";
import { Random } from "../src/kernel/random.ts";
import { DirectoryFile } from "../src/seed/directory-file.ts";
import { type Entra, makeEntra } from "../src/entra/entra.ts";
import { type FakeScim, makeFakeScim } from "./fake-scim.ts";
import { type TestClock, makeTestClock } from "./test-clock.ts";
import { throughWeather } from "./weather.ts";

export const AWS_TEMPLATE = "21ed01d2-ec13-4e9e-86c1-cd546719ebc4";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A tenant with its clock, its SCIM endpoint and a signed-in client. */
export interface TestTenant {
  readonly entra: Entra;
  readonly clock: TestClock;
  readonly scim: FakeScim;
  readonly kernel: Kernel;
  /** Answers what the tenant sends to `hooks.example.com`; replaceable. */
  webhook: (request: Request) => Response | Promise<Response>;
  signIn(): Promise<void>;
  readonly call: (
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Record<string, string> },
  ) => Promise<Answer>;
}

export async function makeTestTenant(file: Record<string, unknown>): Promise<TestTenant> {
  const clock = makeTestClock();
  const scim = makeFakeScim();
  const scimEndpoint = throughWeather(scim, contractLayer("simulator")("scim", scim));
  const kernel: Kernel = {
    clock,
    random: new Random(7),
    calls: new CallLog(),
    region: "eu-central-1",
    network: async (request) =>
      new URL(request.url).hostname === "hooks.example.com"
        ? tenant.webhook(request)
        : scimEndpoint.fetch(request),
  };
  const entra = makeEntra(kernel, DirectoryFile.parse({ tenant: { name: "Contoso" }, ...file }));
  const graph = contractLayer("simulator")("graph", entra.graph);
  let token = "";
  const tenant: TestTenant = {
    entra,
    clock,
    scim,
    kernel,
    webhook() {
      throw new TypeError("fetch failed: nobody listens.");
    },
    async signIn() {
      token = read(await requestToken(entra, {}), "access_token");
    },
    async call(method, path, { body, headers = {} } = {}) {
      const request = new Request(`http://127.0.0.1:8080/v1.0${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return answerOf(await graph.fetch(request));
    },
  };
  await tenant.signIn();
  return tenant;
}

export async function requestToken(entra: Entra, changes: Record<string, string>): Promise<Answer> {
  const { tenantId, clientId, clientSecret } = entra.credentials;
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: "https://graph.microsoft.com/.default",
    ...changes,
  };
  const url = `http://127.0.0.1:8080/${changes["tenant"] ?? tenantId}/oauth2/v2.0/token`;
  return answerOf(
    await entra.login.fetch(new Request(url, { method: "POST", body: new URLSearchParams(form) })),
  );
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  const body: unknown = isJson ? JSON.parse(text) : text;
  return { status: response.status, body, headers: response.headers };
}

export interface TestApplication {
  readonly applicationId: string;
  readonly appId: string;
  readonly servicePrincipalId: string;
  readonly userRoleId: string;
}

/** A text deep in an answer: `read(answer, "value.0.id")`. @throws {Error} when it is not there */
export function read({ body }: Answer, path: string): string {
  let value = body;
  for (const name of path.split(".")) value = (value as Record<string, unknown> | null | undefined)?.[name];
  if (typeof value === "string") return value;
  throw new Error(`No text ${path} in ${JSON.stringify(body)}`);
}

/** An application of the AWS template, old enough for every replica. */
export async function makeApplication(tenant: TestTenant): Promise<TestApplication> {
  const path = `/applicationTemplates/${AWS_TEMPLATE}/instantiate`;
  const made = await tenant.call("POST", path, { body: { displayName: "AWS" } });
  await tenant.clock.advance(15_000);
  return {
    applicationId: read(made, "application.id"),
    appId: read(made, "application.appId"),
    servicePrincipalId: read(made, "servicePrincipal.id"),
    userRoleId: read(made, "servicePrincipal.appRoles.0.id"),
  };
}

/** Assigns a user or group of the tenant, by display name. */
export async function assign(
  tenant: TestTenant,
  application: TestApplication,
  name: string,
): Promise<Answer> {
  const principals = [...tenant.entra.users(), ...tenant.entra.groups()];
  return tenant.call("POST", `/servicePrincipals/${application.servicePrincipalId}/appRoleAssignedTo`, {
    body: {
      principalId: principals.find(({ displayName }) => displayName === name)?.id,
      resourceId: application.servicePrincipalId,
      appRoleId: application.userRoleId,
    },
  });
}

/** A job with the endpoint and the given token saved, not yet started. @returns its path */
export async function makeJob(
  tenant: TestTenant,
  { servicePrincipalId }: TestApplication,
  token = tenant.scim.token,
): Promise<string> {
  const synchronization = `/servicePrincipals/${servicePrincipalId}/synchronization`;
  await tenant.call("PUT", `${synchronization}/secrets`, { body: secretsOf(tenant.scim, token) });
  const body = { templateId: "awsidentitycenter" };
  const made = await tenant.call("POST", `${synchronization}/jobs`, { body });
  return `${synchronization}/jobs/${read(made, "id")}`;
}

export function secretsOf({ baseAddress }: FakeScim, token: string) {
  return {
    value: [
      { key: "BaseAddress", value: baseAddress },
      { key: "SecretToken", value: token },
      { key: "SyncNotificationSettings", value: "{}" },
      { key: "SyncAll", value: "false" },
    ],
  };
}
