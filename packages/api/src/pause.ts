import { pauseSync, readPause, resumeSync } from "@landbridge/core";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { allow } from "./authorize.ts";
import { CONFLICT, json, jsonBody, REFUSALS } from "./responses.ts";

const Pause = z
  .object({
    reason: z.string(),
    by: z.string().openapi({ description: "Who paused: ARN in AWS, or object id in Entra." }),
    at: z.iso.datetime(),
  })
  .openapi("Pause", {
    description: "While there is one, no run of sync-access changes anything; runs still plan.",
  });

/** The emergency stop of all runs of sync-access. */
export function addPause(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { events } = deps;
  const read = createRoute({
    method: "get",
    path: "/pause",
    summary: "Whether all runs are paused",
    description: "The access policy and the deployment's settings can also pause runs: see /status.",
    middleware: [allow("reader", events)],
    responses: {
      200: json(z.object({ pause: Pause.nullable() }), "Null if there is no pause."),
      ...REFUSALS,
    },
  });
  app.openapi(read, async (c) => c.json({ pause: await readPause(deps) }, 200));

  const begin = createRoute({
    method: "post",
    path: "/pause",
    summary: "Pause all runs",
    description:
      "A running sync stops starting operations within one poll, about a second, and ends with SyncPaused; at most 15 assignment operations that AWS has already accepted still complete. Other runs plan, and end with SyncPaused before their first write. Changes that events tell of stay marked. A pause that is there already stays as it is.",
    middleware: [allow("operator", events)],
    request: { body: jsonBody(z.strictObject({ reason: z.string().trim().min(1).max(1000) })) },
    responses: {
      200: json(
        z.object({
          pause: Pause,
          isNew: z.boolean().openapi({ description: "False: somebody had paused before." }),
        }),
        "All runs are paused.",
      ),
      ...REFUSALS,
    },
  });
  app.openapi(begin, async (c) => {
    const { reason } = c.req.valid("json");
    return c.json(await pauseSync({ reason, by: c.get("caller").name }, deps), 200);
  });

  const end = createRoute({
    method: "delete",
    path: "/pause",
    summary: "End the pause",
    description:
      "Marks everything as changed and starts a drain, which begins a full run within about a minute. Runs that the pause ended are not continued: the full run does what they left undone.",
    middleware: [allow("operator", events)],
    responses: {
      200: json(z.object({ ended: Pause.nullable() }), "The pause that has ended; null if there was none."),
      ...CONFLICT,
      ...REFUSALS,
    },
  });
  app.openapi(end, async (c) => c.json({ ended: await resumeSync(deps) }, 200));
}
