import { type AwsBehaviour, DEFAULT_AWS_BEHAVIOUR } from "../aws-json/aws-behaviour.ts";
import { makeJsonService } from "../aws-json/json-service.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { makeOperations } from "./handlers.ts";
import { makePager } from "./pager.ts";
import type { OrganizationState } from "./state.ts";
import { makeThrottle } from "./throttle.ts";

/** AWS Organizations. */
export function makeOrganizations(
  kernel: Kernel,
  state: OrganizationState,
  behaviour: AwsBehaviour = DEFAULT_AWS_BEHAVIOUR,
): Service {
  return makeJsonService(kernel, {
    service: "organizations",
    folder: "organizations",
    targetPrefix: "AWSOrganizationsV20161128",
    operations: makeOperations(state, makePager(kernel.random, behaviour)),
    throttle: makeThrottle(kernel.clock, state),
  });
}
