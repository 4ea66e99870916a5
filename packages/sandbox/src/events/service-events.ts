import type { IdentityStoreState } from "../identity-store/state.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { callerAccountId } from "../organizations/caller.ts";
import type { OrganizationState } from "../organizations/state.ts";
import type { Buckets } from "../s3/state.ts";
import type { ScimState } from "../scim/state.ts";
import type { StsState } from "../sts/state.ts";
import { Administrator } from "./administrator.ts";
import { type TrailIdentity, trailed } from "./cloud-trail.ts";
import { tellOfStore } from "./native-store-events.ts";
import { tellOfObjects } from "./object-events.ts";
import { trailScim } from "./scim-trail.ts";
import { makePublish, type Publish, type ServiceEvent } from "./service-event.ts";
import { announceExpiry } from "./token-expiry.ts";

interface States {
  readonly organization: OrganizationState;
  readonly identityStore: IdentityStoreState;
  readonly scim: ScimState;
  readonly buckets: Buckets;
  readonly sts: StsState;
}

/** The events of the simulated services. */
export interface ServiceEvents {
  readonly administrator: Administrator;
  /** The service; from now on its writes are reported. */
  tellOf(segment: string, service: Service): Service;
  close(): void;
}

/** @param emit puts an event on the bus; null: there is no bus, and nothing is reported */
export function makeServiceEvents(
  kernel: Kernel,
  simulated: States,
  emit: ((event: ServiceEvent) => void) | null,
): ServiceEvents {
  const { organization, identityStore, scim, buckets, sts } = simulated;
  const stop = new AbortController();
  const publish: Publish = emit === null ? () => undefined : makePublish(kernel, emit, stop.signal);
  const administrator = new Administrator(kernel, simulated, publish);
  if (emit === null) return { administrator, tellOf: (_, service) => service, close: () => undefined };

  const { identityStoreId } = identityStore;
  identityStore.onChange = tellOfStore(identityStoreId, organization.managementAccountId, publish);
  buckets.onWrite = tellOfObjects(publish);
  scim.onToken = (token) => {
    const isInUse = () => scim.tokens.has(token.id);
    void announceExpiry(token, kernel, { publish, isInUse, signal: stop.signal });
  };
  const identityOf = (accessKeyId: string | null): TrailIdentity => ({
    accountId: callerAccountId(organization, accessKeyId),
    // An access key that is not an account id is a role of that name.
    roleName: accessKeyId === null || /^\d{12}$/.test(accessKeyId) ? "Admin" : accessKeyId,
  });
  // As STS names the signer: this distinguishes who starts a flow from who approves its plan.
  const states = {
    source: "aws.states",
    eventSource: "states.amazonaws.com",
    identityOf: (accessKeyId: string | null): TrailIdentity => {
      const identity = identityOf(accessKeyId);
      return { ...identity, arn: sts.sessionArn(identity.accountId, accessKeyId) };
    },
    calls: ["StartExecution"],
  };
  const sso = { source: "aws.sso", eventSource: "sso.amazonaws.com", identityOf };
  const wrappers: Readonly<Record<string, (service: Service) => Service>> = {
    "sso-admin": trailed(kernel, publish, sso),
    states: trailed(kernel, publish, states),
    scim: trailScim(kernel, publish),
  };
  return {
    administrator,
    tellOf: (segment, service) => wrappers[segment]?.(service) ?? service,
    close: () => stop.abort(),
  };
}
