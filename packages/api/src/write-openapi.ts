import { writeFileSync } from "node:fs";
import type { ApiDeps } from "./api-env.ts";
import { ABOUT, makeApi } from "./make-api.ts";

/** `docs/api/openapi.json`, as text. */
export function openApiText(): string {
  // Describing calls nothing.
  const api = makeApi({ deps: {} as ApiDeps, authenticate: () => null, onFailure: () => undefined });
  return `${JSON.stringify(api.getOpenAPI31Document(ABOUT), null, 2)}\n`;
}

if (import.meta.main)
  writeFileSync(new URL("../../../docs/api/openapi.json", import.meta.url), openApiText());
