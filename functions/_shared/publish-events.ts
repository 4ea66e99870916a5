import { openEventPublisher, type PublishedEvent } from "@landbridge/aws";
import type { EventSink } from "@landbridge/core";
import { reportUnpublished } from "./log-events.ts";
import type { Wiring } from "./wiring.ts";

const SOURCE = "landbridge";

interface Publication {
  /** Stores what is emitted, and passes it on. */
  readonly events: EventSink;
  /** Publishes what was stored. Never fails: the step's work is done, whether or not its events arrive. */
  readonly flush: () => Promise<void>;
}

/** Events of a step, also on the deployment's event bus if there is one. */
export function publishEvents(
  sink: EventSink,
  wiring: Pick<Wiring, "environment" | "clock" | "use">,
): Publication {
  if (wiring.environment.LANDBRIDGE_EVENT_BUS === undefined) {
    return { events: sink, flush: () => Promise.resolve() };
  }
  const kept: PublishedEvent[] = [];
  return {
    events: {
      emit(code, payload) {
        sink.emit(code, payload);
        kept.push({ source: SOURCE, detailType: code, detail: payload, at: wiring.clock.now() });
      },
    },
    async flush() {
      if (kept.length === 0) return;
      try {
        const { refused } = await wiring.use(publisher).publish(kept);
        if (refused > 0) reportUnpublished(refused, "The event bus refused them");
      } catch (error) {
        reportUnpublished(kept.length, error);
      }
    },
  };
}

function publisher({ client, environment }: Wiring) {
  return openEventPublisher(client, environment.LANDBRIDGE_EVENT_BUS ?? "");
}
