import { makeJsonService } from "../aws-json/json-service.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";
import { makeAssignmentOperations } from "./assignment-handlers.ts";
import { throttled } from "./errors.ts";
import { makeInlinePolicyOperations } from "./inline-policy-handlers.ts";
import { makeInstanceOperations } from "./instance-handlers.ts";
import { makePermissionSetOperations } from "./permission-set-handlers.ts";
import { makePolicyOperations } from "./policy-handlers.ts";
import { makeProvisioningOperations } from "./provisioning-handlers.ts";
import { QUOTAS } from "./quotas.ts";
import type { IdentityCenterState } from "./state.ts";
import { makeStatusOperations } from "./status-handlers.ts";
import { makeTagOperations } from "./tag-handlers.ts";

/** IAM Identity Center (`sso-admin`). All operations share one request quota. */
export function makeIdentityCenter(kernel: Kernel, state: IdentityCenterState): Service {
  const bucket = new TokenBucket(kernel.clock, QUOTAS.requestsPerSecond);
  return makeJsonService(kernel, {
    service: "sso-admin",
    folder: "identity-center",
    targetPrefix: "SWBExternalService",
    operations: {
      ...makeInstanceOperations(state, kernel.region),
      ...makePermissionSetOperations(state),
      ...makeTagOperations(state),
      ...makePolicyOperations(state),
      ...makeInlinePolicyOperations(state),
      ...makeProvisioningOperations(state),
      ...makeAssignmentOperations(state),
      ...makeStatusOperations(state),
    },
    throttle() {
      if (!bucket.take()) throw throttled("Rate exceeded");
    },
  });
}
