export { type AwsOptions, makeAws } from "./aws.ts";
export { readCallerArn } from "./caller.ts";
export type { ClientOptions, Credentials, RequestHandler } from "./client-config.ts";
export { readCurrentSecret } from "./current-secret.ts";
export { openEventPublisher, type PublishedEvent } from "./event-publisher.ts";
export * from "./ports.ts";
export { tableDefinition, TIME_TO_LIVE_ATTRIBUTE } from "./table.ts";
export { makeAssertionSource } from "./web-identity.ts";
