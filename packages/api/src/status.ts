import { readHealth } from "@landbridge/core";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { allow } from "./authorize.ts";
import { json, REFUSALS } from "./responses.ts";

const Health = z.looseObject({ health: z.looseObject({}).nullable() }).openapi("Health", {
  description: "What the flow watch found when it last ran (docs/health.md); null before its first run.",
});

/** The state of the connection. For a new check, start the flow watch. */
export function addStatus(app: OpenAPIHono<ApiEnv>, { objects, events }: ApiDeps): void {
  const status = createRoute({
    method: "get",
    path: "/status",
    summary: "The latest health document",
    middleware: [allow("reader", events)],
    responses: { 200: json(Health, "The watch's latest result."), ...REFUSALS },
  });
  app.openapi(status, async (c) => {
    const health = await readHealth({ objects });
    return c.json({ health: health && { ...health } }, 200);
  });
}
