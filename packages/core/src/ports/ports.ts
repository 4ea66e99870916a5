import type { EventSink } from "../events.ts";
import type { Clock } from "./clock.ts";
import type { Directory } from "./directory.ts";
import type { EnterpriseApplications } from "./enterprise-applications.ts";
import type { Executions } from "./executions.ts";
import type { FederationMetadata } from "./federation-metadata.ts";
import type { FlowCallbacks } from "./flow-callbacks.ts";
import type { GraphSignIn } from "./graph-sign-in.ts";
import type { GroupChanges } from "./group-changes.ts";
import type { IdentityCenter } from "./identity-center.ts";
import type { IdentityStore } from "./identity-store.ts";
import type { ObjectStore } from "./object-store.ts";
import type { OrganizationReader } from "./organization-reader.ts";
import type { ProvisioningJobs } from "./provisioning-jobs.ts";
import type { RecordStore } from "./record-store.ts";
import type { ScimProber } from "./scim-prober.ts";
import type { SecretStore } from "./secret-store.ts";
import type { TokenSealer } from "./token-sealer.ts";
import type { TokenSupplier } from "./token-supplier.ts";

/** Everything outside the domain, as one plain object. A core function takes a `Pick` of what it needs. */
export interface Ports {
  readonly clock: Clock;
  readonly events: EventSink;
  /** A new random id, fit for a key. */
  readonly newId: () => string;
  readonly organization: OrganizationReader;
  readonly identityCenter: IdentityCenter;
  readonly identityStore: IdentityStore;
  readonly directory: Directory;
  readonly groupChanges: GroupChanges;
  readonly applications: EnterpriseApplications;
  readonly provisioning: ProvisioningJobs;
  readonly federationMetadata: FederationMetadata;
  readonly graphSignIn: GraphSignIn;
  readonly scim: ScimProber;
  readonly secrets: SecretStore;
  readonly sealer: TokenSealer;
  readonly tokenSupplier: TokenSupplier;
  readonly objects: ObjectStore;
  readonly records: RecordStore;
  readonly callbacks: FlowCallbacks;
  readonly executions: Executions;
}
