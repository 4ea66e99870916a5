import { contractLayer } from "@landbridge/contract-check";
import { makeTestClock, type TestClock } from "./test-clock.ts";
import { createSandbox, type Sandbox } from "../src/sandbox.ts";
import { DirectoryFile } from "../src/seed/directory-file.ts";
import { OrganizationFile } from "../src/seed/organization-file.ts";

/** One account of each kind that the tests need, and enough of them for a second page. */
export const ORGANIZATION = {
  managementAccount: "Management",
  accounts: [{ name: "Management", id: "111111111111" }],
  units: [
    {
      name: "Workloads",
      accounts: [
        { name: "Dev", id: "222222222222", tags: { stage: "dev" } },
        { name: "Test", id: "333333333333" },
        { name: "Old", id: "444444444444", state: "SUSPENDED" },
      ],
      units: [
        {
          name: "Production",
          accounts: Array.from({ length: 20 }, (_, index) => ({ name: `Shop ${index}` })),
        },
      ],
    },
  ],
};

const TARGETS: Readonly<Record<string, string>> = {
  "sso-admin": "SWBExternalService",
  identitystore: "AWSIdentityStore",
  organizations: "AWSOrganizationsV20161128",
  secretsmanager: "secretsmanager",
};

export type Json = Readonly<Record<string, unknown>>;

export interface AwsAnswer {
  readonly status: number;
  readonly body: Json;
  /** `__type` of an error, else null. */
  readonly error: string | null;
}

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly clock: TestClock;
  /** One operation of an AWS JSON service. */
  readonly aws: (service: string, operation: string, body?: Json) => Promise<AwsAnswer>;
  /** An operation of `sso-admin` on the instance. */
  readonly sso: (operation: string, body?: Json) => Promise<AwsAnswer>;
}

export function makeTestSandbox(directory: Json = {}, seed = 1): TestSandbox {
  const clock = makeTestClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse(ORGANIZATION),
    directory: DirectoryFile.parse({ tenant: { name: "Contoso" }, ...directory }),
    clock,
    seed,
    layers: [contractLayer("simulator")],
  });
  const aws = async (service: string, operation: string, body: Json = {}): Promise<AwsAnswer> => {
    const response = await sandbox.fetch(
      new Request(`http://127.0.0.1/${service}/`, {
        method: "POST",
        headers: { "x-amz-target": `${TARGETS[service]}.${operation}` },
        body: JSON.stringify(body),
      }),
    );
    const answer = (await response.json()) as Json;
    const type = answer["__type"];
    return { status: response.status, body: answer, error: typeof type === "string" ? type : null };
  };
  const InstanceArn = sandbox.states.identityCenter.instanceArn;
  return {
    sandbox,
    clock,
    aws,
    sso: (operation, body) => aws("sso-admin", operation, { InstanceArn, ...body }),
  };
}

/** A part of an answer by its path: `at(body, "PermissionSet.PermissionSetArn")`. */
export function at(body: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Json | undefined)?.[key], body);
}

/** Like {@link at}, for what must be a text. */
export function textAt(body: unknown, path: string): string {
  const value = at(body, path);
  if (typeof value !== "string") throw new Error(`No text at ${path} of ${JSON.stringify(body)}`);
  return value;
}

/** A permission set of that name. @returns its ARN */
export async function makePermissionSet({ sso }: TestSandbox, Name = "Admin"): Promise<string> {
  const { body } = await sso("CreatePermissionSet", { Name });
  return textAt(body, "PermissionSet.PermissionSetArn");
}

/** A group straight in the identity store. @returns its id */
export function makeGroup({ sandbox }: TestSandbox, displayName = "Admins"): string {
  return sandbox.states.identityStore.createGroup({ displayName }).id;
}

/** A user straight in the identity store. @returns its id */
export function makeUser({ sandbox }: TestSandbox, userName = "ada@contoso.com"): string {
  const name = { givenName: "Ada", familyName: "Lovelace" };
  return sandbox.states.identityStore.createUser({ userName, displayName: "Ada", name, active: true }).id;
}
