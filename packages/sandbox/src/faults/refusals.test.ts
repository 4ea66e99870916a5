import { contractLayer, contracts } from "@landbridge/contract-check";
import { describe, expect, it } from "vitest";
import { makeTestClock } from "../../test-support/test-clock.ts";
import { createSandbox } from "../sandbox.ts";
import { DirectoryFile } from "../seed/directory-file.ts";
import { OrganizationFile } from "../seed/organization-file.ts";
import { ORGANIZATION } from "../../test-support/test-sandbox.ts";
import { type Fault, makeFaults } from "./faults.ts";

const OF_THE_SANDBOX = [
  "sso-admin",
  "identitystore",
  "organizations",
  "secretsmanager",
  "dynamodb",
  "s3",
  "sts",
  "scim",
  "graph",
];
const MOUNTED = ["states", "events", "scheduler"];

/** Asks for every operation of the contract. @returns the statuses of the answers */
async function askAll(service: string, fault: Fault): Promise<number[]> {
  const sandbox = createSandbox({
    organization: OrganizationFile.parse(ORGANIZATION),
    directory: DirectoryFile.parse({ tenant: { name: "Contoso" } }),
    clock: makeTestClock(),
    layers: [contractLayer("simulator"), makeFaults([{ fault, probability: 1 }], 1)],
  });
  for (const segment of MOUNTED) sandbox.mount(segment, { fetch: () => new Response("never reached") });
  const statuses: number[] = [];
  for (const { request } of contracts.of(service)?.probes() ?? []) {
    const url = new URL(request.url);
    url.pathname = `/${service}${url.pathname}`;
    statuses.push((await sandbox.fetch(new Request(url, request))).status);
  }
  sandbox.close();
  return statuses;
}

describe.each([...OF_THE_SANDBOX, ...MOUNTED])("a fault of %s", (service) => {
  const why = contracts.lacks(service) ? " (skipped: the contract is absent, see docs/testing.md)" : "";
  it.skipIf(contracts.lacks(service))(`is one that its contract has${why}`, async () => {
    for (const fault of ["throttle", "failure"] as const) {
      const statuses = await askAll(service, fault);
      expect(statuses.length).toBeGreaterThan(0);
      expect(Math.min(...statuses)).toBeGreaterThanOrEqual(400);
    }
  });
});
