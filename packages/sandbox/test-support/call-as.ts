import { contractLayer } from "@landbridge/contract-check";
import { makeTestClock } from "./test-clock.ts";
import { createSandbox, type Sandbox } from "../src/sandbox.ts";
import { DirectoryFile } from "../src/seed/directory-file.ts";
import { OrganizationFile } from "../src/seed/organization-file.ts";
import { type AwsAnswer, type Json, ORGANIZATION } from "./test-sandbox.ts";
import type { AwsBehaviour } from "../src/aws-json/aws-behaviour.ts";

const TARGETS: Readonly<Record<string, string>> = {
  "sso-admin": "SWBExternalService",
  identitystore: "AWSIdentityStore",
  organizations: "AWSOrganizationsV20161128",
};

export type CallAs = (service: string, operation: string, body?: Json) => Promise<AwsAnswer>;

/** Calls of an AWS JSON service signed with the access key of that account. */
export function callAs(sandbox: Sandbox, accessKeyId: string): CallAs {
  return async (service, operation, body = {}) => {
    const response = await sandbox.fetch(
      new Request(`http://127.0.0.1/${service}/`, {
        method: "POST",
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/eu-central-1/${signingName(service)}/aws4_request`,
          "x-amz-target": `${TARGETS[service]}.${operation}`,
        },
        body: JSON.stringify(body),
      }),
    );
    const answer = (await response.json()) as Json;
    const type = answer["__type"];
    return { status: response.status, body: answer, error: typeof type === "string" ? type : null };
  };
}

function signingName(service: string): string {
  return service === "sso-admin" ? "sso" : service;
}

/** The organization of the tests, changed. */
export function makeSandboxLike(
  organization: Json,
  behaviour: Partial<AwsBehaviour> = {},
): { readonly sandbox: Sandbox; readonly clock: ReturnType<typeof makeTestClock> } {
  const clock = makeTestClock();
  const sandbox = createSandbox({
    organization: OrganizationFile.parse({ ...ORGANIZATION, ...organization }),
    directory: DirectoryFile.parse({ tenant: { name: "Contoso" } }),
    clock,
    behaviour,
    layers: [contractLayer("simulator")],
  });
  return { sandbox, clock };
}
