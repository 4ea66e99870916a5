import { makeJsonService } from "../aws-json/json-service.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";
import { tooManyRequests } from "./errors.ts";
import { makeOperations } from "./handlers.ts";
import type { OrganizationState } from "./state.ts";

/** Requests a second and burst for one account (Organizations user guide, "Quotas and service limits"). */
const RATES: Readonly<Record<string, readonly [ratePerSecond: number, burst: number]>> = {
  DescribeOrganization: [1, 2],
  ListRoots: [1, 2],
  ListAccounts: [8, 12],
  ListAccountsForParent: [5, 8],
  ListOrganizationalUnitsForParent: [5, 8],
  ListParents: [5, 8],
  ListTagsForResource: [10, 15],
};

/** AWS Organizations. */
export function makeOrganizations(kernel: Kernel, state: OrganizationState): Service {
  const buckets = new Map(
    Object.entries(RATES).map(([name, [rate, burst]]) => [name, new TokenBucket(kernel.clock, rate, burst)]),
  );
  return makeJsonService(kernel, {
    service: "organizations",
    folder: "organizations",
    targetPrefix: "AWSOrganizationsV20161128",
    operations: makeOperations(state),
    throttle(operation) {
      if (buckets.get(operation)?.take() === false) throw tooManyRequests(operation);
    },
  });
}
