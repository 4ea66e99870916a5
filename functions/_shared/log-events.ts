import { Logger } from "@aws-lambda-powertools/logger";
import type { EventSink } from "@landbridge/core";

const logger = new Logger({ serviceName: "landbridge" });

/** Logs a failure whose reason the caller must not see. */
export function reportFailure(error: unknown): void {
  logger.error("unexpected failure", { error: error instanceof Error ? error : String(error) });
}

/**
 * Events that the event bus did not take: one line that is a log and, in CloudWatch's embedded metric format, the metric
 * `events_not_published` too. The library for metrics would make every bundle larger for this one.
 */
export function reportUnpublished(events: number, reason: unknown): void {
  const Metrics = [{ Name: "events_not_published", Unit: "Count" }];
  const CloudWatchMetrics = [{ Namespace: "Landbridge", Dimensions: [["service"]], Metrics }];
  logger.error("events not published", {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics },
    events_not_published: events,
    error: reason instanceof Error ? reason : String(reason),
  });
}

/** Events as structured log lines: code as message, payload as fields. */
export const logEvents: EventSink = {
  emit: (code, payload) => {
    const level = code === "warning.raised" ? "warn" : "info";
    logger[level](code, { ...payload });
  },
};
