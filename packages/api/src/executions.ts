import { startRun } from "@landbridge/core";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { createHash } from "node:crypto";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { allow } from "./authorize.ts";
import { FLOW_INPUTS, type FlowName, requestedInput } from "./flow-inputs.ts";
import { CONFLICT, json, jsonBody, REFUSALS } from "./responses.ts";

const FLOWS = Object.keys(FLOW_INPUTS) as [FlowName, ...FlowName[]];

const Flow = z.object({ flow: z.enum(FLOWS) });
const Arn = z.object({ arn: z.string().startsWith("arn:").max(400) });
const Started = z.object({ arn: z.string() }).openapi("StartedExecution");

const Execution = z
  .object({
    arn: z.string(),
    flow: z.string(),
    name: z.string(),
    status: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"]),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .openapi("Execution");

const Moment = z.object({
  at: z.iso.datetime(),
  what: z.enum(["entered", "left", "started"]),
  subject: z
    .string()
    .openapi({ description: "Name of the state, or ARN of the execution that was started." }),
});

const ExecutionDetail = Execution.extend({
  history: z.array(Moment),
  output: z.unknown().openapi({ description: "What the flow ended with; references, no secrets." }),
  error: z.string().nullable(),
  cause: z.string().nullable(),
}).openapi("ExecutionDetail");

/** Flows: start, list, describe, stop. */
export function addExecutions(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { executions, events } = deps;
  const start = createRoute({
    method: "post",
    path: "/flows/{flow}/executions",
    summary: "Start a flow",
    description:
      "With an Idempotency-Key, a repeated request returns the same execution while it runs, and 409 after it has ended.",
    middleware: [allow("operator", events)],
    request: {
      params: Flow,
      headers: z.object({ "idempotency-key": z.string().min(1).max(200).optional() }),
      body: jsonBody(z.record(z.string(), z.unknown())),
    },
    responses: { 202: json(Started, "The execution runs."), ...CONFLICT, ...REFUSALS },
  });
  app.openapi(start, async (c) => {
    const { flow } = c.req.valid("param");
    const key = c.req.valid("header")["idempotency-key"];
    const input = requestedInput(flow, c.req.valid("json"), c.get("caller").name);
    const caller = c.get("caller").name;
    const name = key === undefined ? undefined : executionName(caller, key);
    const arn = await startRun({ flow, input, name }, { people: [caller] }, deps);
    return c.json({ arn }, 202);
  });

  const list = createRoute({
    method: "get",
    path: "/flows/{flow}/executions",
    summary: "The 100 newest executions of a flow",
    middleware: [allow("reader", events)],
    request: { params: Flow },
    responses: { 200: json(z.array(Execution), "Newest first."), ...REFUSALS },
  });
  app.openapi(list, async (c) => c.json(await executions.list(c.req.valid("param").flow), 200));

  const read = createRoute({
    method: "get",
    path: "/executions/{arn}",
    summary: "An execution with its history",
    middleware: [allow("reader", events)],
    request: { params: Arn },
    responses: { 200: json(ExecutionDetail, "The current state."), ...REFUSALS },
  });
  app.openapi(read, async (c) => {
    const { history, ...detail } = await executions.read(c.req.valid("param").arn);
    return c.json({ ...detail, history: [...history] }, 200);
  });

  const stop = createRoute({
    method: "post",
    path: "/executions/{arn}/stop",
    summary: "Stop an execution",
    description:
      "The execution is ABORTED at once. A function that it has invoked notices within one poll, about a second, and starts nothing more; at most 15 assignment operations that AWS has already accepted still complete. What is done stays done. Another run, started by an event, a schedule or a person, continues with it: to keep all from writing, POST /pause.",
    middleware: [allow("operator", events)],
    request: { params: Arn, body: jsonBody(z.strictObject({ cause: z.string().min(1).max(1000) })) },
    responses: { 204: { description: "It is stopped." }, ...REFUSALS },
  });
  app.openapi(stop, async (c) => {
    const { cause } = c.req.valid("json");
    await executions.stop(c.req.valid("param").arn, `${c.get("caller").name}: ${cause}`);
    return c.body(null, 204);
  });
}

/** Each caller has separate keys. Names of executions have at most 80 characters, from a small alphabet. */
function executionName(caller: string, idempotencyKey: string): string {
  return `api-${createHash("sha256")
    .update(JSON.stringify([caller, idempotencyKey]))
    .digest("hex")
    .slice(0, 40)}`;
}
