import { Logger } from "@aws-lambda-powertools/logger";
import type { EventSink } from "@landbridge/core";

const logger = new Logger({ serviceName: "landbridge" });

/** A failure that the caller is told nothing of. */
export function reportFailure(error: unknown): void {
  logger.error("unexpected failure", { error: error instanceof Error ? error : String(error) });
}

/** Events as structured log lines: code as message, payload as fields. */
export const logEvents: EventSink = {
  emit: (code, payload) => {
    const level = code === "warning.raised" ? "warn" : "info";
    logger[level](code, { ...payload });
  },
};
