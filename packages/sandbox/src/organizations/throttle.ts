import type { Call } from "../aws-json/operation.ts";
import type { SandboxClock } from "../kernel/clock.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";
import { callerAccountId } from "./caller.ts";
import { tooManyRequests } from "./errors.ts";
import type { OrganizationState } from "./state.ts";

type Rate = readonly [perSecond: number, burst: number];

/**
 * Requests a second and burst, of one account and of all accounts together (Organizations user guide, "Quotas and
 * service limits"). Where the guide has no second pair nothing more is known. Operations that it does not list have no
 * limit here.
 */
const RATES: Readonly<Record<string, readonly [account: Rate, organization?: Rate]>> = {
  DescribeOrganization: [[1, 2]],
  ListRoots: [
    [1, 2],
    [1, 3],
  ],
  ListAccounts: [
    [8, 12],
    [9, 15],
  ],
  DescribeAccount: [
    [20, 30],
    [24, 36],
  ],
  DescribeOrganizationalUnit: [
    [2, 2],
    [2, 3],
  ],
  ListAccountsForParent: [
    [5, 8],
    [6, 10],
  ],
  ListOrganizationalUnitsForParent: [
    [5, 8],
    [6, 10],
  ],
  ListParents: [
    [5, 8],
    [6, 10],
  ],
  ListChildren: [
    [6, 10],
    [7, 12],
  ],
  ListTagsForResource: [[10, 15]],
};

/** Counts every request against both quotas. @returns what throws TooManyRequestsException */
export function makeThrottle(clock: SandboxClock, state: OrganizationState): (call: Call) => void {
  const buckets = new Map<string, TokenBucket>();

  function take(key: string, rate: Rate | undefined): boolean {
    if (rate === undefined) return true;
    const bucket = buckets.get(key) ?? new TokenBucket(clock, ...rate);
    buckets.set(key, bucket);
    return bucket.take();
  }

  return ({ operation, accessKeyId }) => {
    const [account, organization] = RATES[operation] ?? [];
    const caller = callerAccountId(state, accessKeyId);
    if (!take(`${operation}/${caller}`, account)) throw tooManyRequests(operation, "AccountRateLimit");
    if (!take(operation, organization)) throw tooManyRequests(operation, "OrganizationRateLimit");
  };
}
