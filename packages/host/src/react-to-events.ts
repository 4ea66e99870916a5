import { eventRules } from "@landbridge/core";
import { makeGraphWebhook } from "@landbridge/functions/_shared/graph-webhook";
import type { LocalEventBus, LocalScheduler } from "@landbridge/local";
import { DEFAULT_PERMISSIONS, type Sandbox } from "@landbridge/sandbox";

/** Functions that events invoke, in addition to those of the flows. */
export const EVENT_FUNCTION_NAMES = [
  "events/mark-changes",
  "events/keep-subscriptions",
  "events/start-daily-sync",
] as const;

/** Where the simulated Graph sends notifications; it cannot be reached otherwise. */
export const WEBHOOK_PATH = "/webhooks/graph";
const WEBHOOK_HOST = "landbridge.example";
export const WEBHOOK_URL = `https://${WEBHOOK_HOST}${WEBHOOK_PATH}`;

/** Fails: only the sandbox's hosts can be reached. */
export function unreachable(request: Request): Promise<Response> {
  return Promise.reject(new TypeError(`fetch failed: nobody hosts ${new URL(request.url).host}.`));
}

/** Receives what the simulated Graph sends to the webhook's address, over the simulated API Gateway. */
export async function webhookOf(sandbox: Sandbox, request: Request): Promise<Response> {
  const { host, pathname, search } = new URL(request.url);
  if (host !== WEBHOOK_HOST) return unreachable(request);
  const { method, headers } = request;
  const body = await request.text();
  return sandbox.fetch(
    new Request(`http://127.0.0.1/execute-api${pathname}${search}`, { method, headers, body }),
  );
}

interface WebhookPlace {
  readonly sandbox: Sandbox;
  readonly variables: Readonly<Record<string, string>>;
  readonly functionArn: (name: string) => string;
  readonly now: () => number;
}

/** The webhook's function, whose calls of AWS go to the sandbox. */
export function makeLocalWebhook({ sandbox, variables, functionArn, now }: WebhookPlace) {
  return makeGraphWebhook({
    tableName: variables["LANDBRIDGE_TABLE"] ?? "",
    tenantId: variables["LANDBRIDGE_TENANT_ID"] ?? "",
    markFunction: functionArn("events/mark-changes"),
    keepFunction: functionArn("events/keep-subscriptions"),
    access: {
      region: sandbox.region,
      credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
      endpoint: "http://127.0.0.1",
      // Without the time limit, which is one of the wall clock.
      fetch: (input, init) => sandbox.fetch(new Request(input, { ...init, signal: null })),
      now,
    },
  });
}

interface EventSources {
  readonly bus: LocalEventBus;
  readonly scheduler: LocalScheduler;
  readonly functionArn: (name: string) => string;
}

/** Creates a deployment's rules and schedule, and lets Graph notify. */
export async function reactToEvents(
  sandbox: Sandbox,
  { bus, scheduler, functionArn }: EventSources,
  place: {
    readonly bucketName: string;
    readonly policyKey: string;
    readonly executionPrefix: string;
    readonly invoke: (name: (typeof EVENT_FUNCTION_NAMES)[number], payload: object) => Promise<unknown>;
  },
): Promise<void> {
  for (const { name, description, pattern } of eventRules(place)) {
    bus.rules.put({ name, description, pattern: JSON.stringify(pattern), state: "ENABLED" });
    bus.rules.putTargets(name, [{ Id: "mark-changes", Arn: functionArn("events/mark-changes") }]);
  }
  sandbox.entra.grant([...DEFAULT_PERMISSIONS, "Group.Read.All"]);
  // Before the schedule begins, whose first run would do the same at the same time.
  await place.invoke("events/keep-subscriptions", {});
  const accountId = sandbox.states.organization.managementAccountId;
  scheduler.create({
    Name: "keep-subscriptions",
    ScheduleExpression: "rate(1 hour)",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: {
      Arn: functionArn("events/keep-subscriptions"),
      RoleArn: `arn:aws:iam::${accountId}:role/landbridge-schedules`,
      Input: "{}",
    },
  });
}
