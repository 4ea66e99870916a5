import { makeJsonService } from "../aws-json/json-service.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";
import type { OrganizationState } from "../organizations/state.ts";
import { throttled } from "./errors.ts";
import { makeOperations } from "./handlers.ts";
import type { IdentityStoreState } from "./state.ts";

/** Requests a second for each API and identity store (Identity Center user guide, "Quotas"). */
const REQUESTS_PER_SECOND = 20;

/** The Identity Store API. */
export function makeIdentityStore(
  kernel: Kernel,
  state: IdentityStoreState,
  organization: OrganizationState,
): Service {
  const operations = makeOperations(state, organization);
  const buckets = new Map(
    Object.keys(operations).map((name) => [name, new TokenBucket(kernel.clock, REQUESTS_PER_SECOND)]),
  );
  return makeJsonService(kernel, {
    service: "identitystore",
    folder: "identity-store",
    targetPrefix: "AWSIdentityStore",
    operations,
    throttle({ operation }) {
      if (buckets.get(operation)?.take() === false) throw throttled();
    },
  });
}
