export { makeAws } from "./aws.ts";
export { readCallerArn } from "./caller.ts";
export type { ClientOptions, Credentials, RequestHandler } from "./client-config.ts";
export { readCurrentSecret } from "./current-secret.ts";
export { openEventPublisher, type PublishedEvent } from "./event-publisher.ts";
export {
  openIdentityCenter,
  openIdentityStore,
  openOrganization,
  openObjectStore,
  openRecordStore,
  openSecretStore,
  openTokenSupplier,
  openTokenSealer,
  openFlowCallbacks,
  openExecutions,
} from "./ports.ts";
export { tableDefinition } from "./table.ts";
export { makeAssertionSource } from "./web-identity.ts";
