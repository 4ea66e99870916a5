import { CallLog } from "../kernel/calls.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { Random } from "../kernel/random.ts";
import { DirectoryFile } from "../seed/directory-file.ts";
import { type Entra, makeEntra } from "./entra.ts";
import { type FakeScim, makeFakeScim } from "./fake-scim.ts";
import { type TestClock, makeTestClock } from "./test-clock.ts";

export const AWS_TEMPLATE = "21ed01d2-ec13-4e9e-86c1-cd546719ebc4";

export interface Answer {
  readonly status: number;
  // biome-ignore lint: a test reads what it expects to be there.
  readonly body: Body;
  readonly headers: Headers;
}

/** An answer's JSON, read without ceremony; a wrong guess fails the assertion, not the compiler. */
export interface Body {
  readonly [name: string]: Body;
}

/** A tenant with its clock, its SCIM endpoint and a signed-in client. */
export interface TestTenant {
  readonly entra: Entra;
  readonly clock: TestClock;
  readonly scim: FakeScim;
  readonly kernel: Kernel;
  signIn(): Promise<void>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export async function makeTestTenant(file: Record<string, unknown>): Promise<TestTenant> {
  const clock = makeTestClock();
  const scim = makeFakeScim();
  const kernel: Kernel = {
    clock,
    random: new Random(7),
    calls: new CallLog(),
    region: "eu-central-1",
    network: (request) => scim.fetch(request),
  };
  const entra = makeEntra(kernel, DirectoryFile.parse({ tenant: { name: "Contoso" }, ...file }));
  let token = "";
  const tenant: TestTenant = {
    entra,
    clock,
    scim,
    kernel,
    async signIn() {
      const { body } = await requestToken(entra, {});
      token = String(body["access_token"]);
    },
    async call(method, path, body, headers = {}) {
      const request = new Request(`http://127.0.0.1:8080/v1.0${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return answerOf(await entra.graph.fetch(request));
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
  const body = (isJson ? JSON.parse(text) : text) as Body;
  return { status: response.status, body, headers: response.headers };
}

export interface TestApplication {
  readonly applicationId: string;
  readonly appId: string;
  readonly servicePrincipalId: string;
  readonly userRoleId: string;
}

/** An application of the AWS template, old enough for every replica. */
export async function makeApplication({ call, clock }: TestTenant): Promise<TestApplication> {
  const { body } = await call("POST", `/applicationTemplates/${AWS_TEMPLATE}/instantiate`, {
    displayName: "AWS",
  });
  await clock.advance(15_000);
  const roles = body["servicePrincipal"]?.["appRoles"] as unknown as { displayName: string; id: string }[];
  return {
    applicationId: String(body["application"]?.["id"]),
    appId: String(body["application"]?.["appId"]),
    servicePrincipalId: String(body["servicePrincipal"]?.["id"]),
    userRoleId: roles.find(({ displayName }) => displayName === "User")?.id ?? "",
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
    principalId: principals.find(({ displayName }) => displayName === name)?.id,
    resourceId: application.servicePrincipalId,
    appRoleId: application.userRoleId,
  });
}

/** A job with the endpoint and the given token saved, not yet started. @returns its path */
export async function makeJob(
  { call, scim }: TestTenant,
  { servicePrincipalId }: TestApplication,
  token = scim.token,
): Promise<string> {
  const synchronization = `/servicePrincipals/${servicePrincipalId}/synchronization`;
  await call("PUT", `${synchronization}/secrets`, secretsOf(scim, token));
  const { body } = await call("POST", `${synchronization}/jobs`, { templateId: "awsidentitycenter" });
  return `${synchronization}/jobs/${String(body["id"])}`;
}

export function secretsOf(scim: FakeScim, token: string) {
  return {
    value: [
      { key: "BaseAddress", value: scim.baseAddress },
      { key: "SecretToken", value: token },
      { key: "SyncNotificationSettings", value: "{}" },
      { key: "SyncAll", value: "false" },
    ],
  };
}
