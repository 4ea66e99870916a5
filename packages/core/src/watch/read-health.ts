import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { readStoredText } from "../records/read-stored.ts";
import { HealthDocument } from "./health-document.ts";
import { LATEST_HEALTH_KEY } from "./publish-health.ts";

const SHAPE = { version: 1, schema: HealthDocument.omit({ version: true }) } as const;

/**
 * The latest health document, or null when the watch has never run.
 * @throws {FlowError} RecordTooNew, StoredRecordInvalid
 */
export async function readHealth({ objects }: Pick<Ports, "objects">): Promise<HealthDocument | null> {
  const text = await objects.readText(LATEST_HEALTH_KEY).catch((error: unknown) => {
    if (isFlowError(error, "IncompleteRead")) return null;
    throw error;
  });
  return text === null ? null : { ...readStoredText(text, LATEST_HEALTH_KEY, SHAPE), version: SHAPE.version };
}
