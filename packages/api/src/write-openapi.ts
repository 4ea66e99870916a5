import { writeFileSync } from "node:fs";
import { describeApi } from "./describe-api.ts";

/** `docs/api/openapi.json`, as text. */
export function openApiText(): string {
  return `${JSON.stringify(describeApi(), null, 2)}\n`;
}

if (import.meta.main)
  writeFileSync(new URL("../../../docs/api/openapi.json", import.meta.url), openApiText());
