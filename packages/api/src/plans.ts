import {
  FlowError,
  isFlowError,
  type Plan,
  planHash,
  readSnapshot,
  readStoredText,
  renderPlan,
  renderPlanMarkdown,
} from "@landbridge/core";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { allow } from "./authorize.ts";
import { json, REFUSALS } from "./responses.ts";

const Name = z.object({ name: z.string().regex(/^[\w-]{1,80}$/) });

const Hold = z
  .object({
    because: z.string(),
    executionArn: z.string().nullable(),
    taskId: z.string().nullable(),
  })
  .openapi("HoldNotice", {
    description: "Why the plan was not carried out, and where its approval is asked for.",
  });

const Decision = z
  .looseObject({
    decision: z.enum(["approved", "declined"]),
    decidedBy: z.string(),
    at: z.iso.datetime(),
    taskId: z.string(),
  })
  .openapi("PlanDecision", { description: "Who approved the plan." });

const Report = z
  .looseObject({
    execution: z.string(),
    at: z.iso.datetime(),
    result: z.enum(["planned", "complete", "partial", "paused", "not-connected", "held", "superseded"]),
    hold: Hold.nullable(),
    decision: Decision.nullable(),
    plan: z.looseObject({
      // The next read is only ever of a plan.
      planKey: z.string().regex(/^sync-access\/plan\/[\w-]+\.json$/),
      planHash: z.string(),
    }),
  })
  .openapi("SyncReport");

/** What sync-access planned and did. */
export function addPlans(app: OpenAPIHono<ApiEnv>, { objects, events }: ApiDeps): void {
  async function readReport(name: string): Promise<z.infer<typeof Report>> {
    const key = `sync-access/reports/${name}.json`;
    return readStoredText(await orNotFound(key, objects.readText(key)), key, { version: 1, schema: Report });
  }

  async function readPlan(name: string): Promise<Plan> {
    const { planKey, planHash: hash } = (await readReport(name)).plan;
    const plan = await orNotFound(planKey, readSnapshot<Plan>(planKey, { objects }));
    if (planHash(plan) === hash) return plan;
    throw new FlowError("StoredObjectChanged", `${planKey} is not the plan that ${name} reports`);
  }

  const report = createRoute({
    method: "get",
    path: "/sync-access/{name}/report",
    summary: "What an execution of sync-access did",
    middleware: [allow("reader", events)],
    request: { params: Name },
    responses: { 200: json(Report, "Plan, outcome and every failed change."), ...REFUSALS },
  });
  app.openapi(report, async (c) => c.json(await readReport(c.req.valid("param").name), 200));

  const plan = createRoute({
    method: "get",
    path: "/sync-access/{name}/plan",
    summary: "The plan of an execution of sync-access",
    description: "To plan only, start sync-access with mode `plan`.",
    middleware: [allow("reader", events)],
    request: {
      params: Name,
      query: z.object({ format: z.enum(["json", "text", "markdown"]).default("json") }),
    },
    responses: {
      200: {
        description: "Every change with its reason.",
        content: {
          "application/json": { schema: z.looseObject({}).openapi("Plan") },
          "text/plain": { schema: z.string() },
          "text/markdown": { schema: z.string() },
        },
      },
      ...REFUSALS,
    },
  });
  app.openapi(plan, async (c) => {
    const found = await readPlan(c.req.valid("param").name);
    switch (c.req.valid("query").format) {
      case "json":
        return c.json({ ...found }, 200);
      case "text":
        return c.text(renderPlan(found), 200);
      case "markdown":
        return c.body(renderPlanMarkdown(found), 200, { "content-type": "text/markdown; charset=UTF-8" });
    }
  });
}

async function orNotFound<T>(key: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!isFlowError(error, "IncompleteRead")) throw error;
    throw new HTTPException(404, { message: `${key} does not exist until the execution ends.` });
  }
}
