import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { type ClientOptions, makeClientConfig } from "./client-config.ts";
import { govern } from "./govern.ts";

/** The maximum per call (PutEvents). */
const ENTRIES_AT_ONCE = 10;

/** An event as EventBridge's rules see it. */
export interface PublishedEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface EventPublisher {
  /** @returns how many the bus did not take @throws {FlowError} Throttled, AccessDenied, ServiceUnavailable */
  publish(events: readonly PublishedEvent[]): Promise<{ readonly refused: number }>;
}

/** One event bus. */
export function openEventPublisher(options: ClientOptions, busName: string): EventPublisher {
  const client = govern(new EventBridgeClient(makeClientConfig(options)), { service: "events" });
  return {
    async publish(events) {
      let refused = 0;
      for (let start = 0; start < events.length; start += ENTRIES_AT_ONCE) {
        const Entries = events.slice(start, start + ENTRIES_AT_ONCE).map((event) => toEntry(event, busName));
        const { FailedEntryCount = 0 } = await client.send(new PutEventsCommand({ Entries }));
        refused += FailedEntryCount;
      }
      return { refused };
    },
  };
}

function toEntry({ source, detailType, detail, at }: PublishedEvent, busName: string): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: source,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Time: new Date(at),
  };
}
