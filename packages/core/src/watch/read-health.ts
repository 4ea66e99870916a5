import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { HealthDocument } from "./health-document.ts";
import { LATEST_HEALTH_KEY } from "./publish-health.ts";

/** The latest health document, or null when the watch has never run. @throws {FlowError} IncompleteRead for another version's */
export async function readHealth({ objects }: Pick<Ports, "objects">): Promise<HealthDocument | null> {
  const text = await objects.readText(LATEST_HEALTH_KEY).catch((error: unknown) => {
    if (isFlowError(error, "IncompleteRead")) return null;
    throw error;
  });
  return text === null ? null : HealthDocument.parse(JSON.parse(text));
}
