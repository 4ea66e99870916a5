import {
  answerFields,
  answerTask,
  declineTask,
  listOpenTasks,
  listTasks,
  type OperatorTask,
  readTask,
  readTaskDocument,
  taskGuide,
} from "@landbridge/core";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import type { ApiDeps, ApiEnv } from "./api-env.ts";
import { allow } from "./authorize.ts";
import { CONFLICT, json, jsonBody, REFUSALS, REFUSED_CONTENT } from "./responses.ts";

const Id = z.object({ id: z.string().min(1).max(100) });

const Task = z
  .looseObject({
    id: z.string(),
    subject: z
      .looseObject({ kind: z.string() })
      .openapi({ description: "What the answer is checked against." }),
    title: z.string(),
    status: z.string().openapi({
      description:
        "`open`, `answered`, `declined`, `expired`, `withdrawn` or `superseded`. Once decided, also answeredBy, answeredAt and, if declined, reason.",
    }),
    executionArn: z.string(),
    openedAt: z.iso.datetime(),
    deadline: z.iso.datetime(),
  })
  .openapi("OperatorTask");

const TaskDetail = Task.extend({
  why: z.string(),
  warnings: z.array(z.string()),
  steps: z.array(z.string()),
  next: z.string(),
  document: z
    .object({ what: z.string(), fileName: z.string() })
    .nullable()
    .openapi({ description: "A file that a step needs: GET …/document." }),
  fields: z.array(z.object({ name: z.string(), what: z.string(), input: z.string(), optional: z.boolean() })),
}).openapi("OperatorTaskDetail");

const Answer = z.record(z.string(), z.unknown()).openapi("Answer", {
  description: "The fields that the task asks for. Secrets go from here to Secrets Manager and nowhere else.",
});

/** Approvals have a separate path, so that an IAM policy can distinguish them from other answers. */
const APPROVAL = "plan-approval";

/** Operator tasks: list, show, answer, approve, decline. */
export function addTasks(app: OpenAPIHono<ApiEnv>, deps: ApiDeps): void {
  const { events } = deps;
  const list = createRoute({
    method: "get",
    path: "/tasks",
    summary: "Operator tasks",
    middleware: [allow("reader", events)],
    request: { query: z.object({ status: z.enum(["open", "all"]).default("open") }) },
    responses: { 200: json(z.array(Task), "Oldest first."), ...REFUSALS },
  });
  app.openapi(list, async (c) => {
    const tasks = c.req.valid("query").status === "open" ? listOpenTasks(deps) : listTasks(deps);
    return c.json((await tasks).map(openly), 200);
  });

  const show = createRoute({
    method: "get",
    path: "/tasks/{id}",
    summary: "A task with its instructions",
    middleware: [allow("reader", events)],
    request: { params: Id },
    responses: { 200: json(TaskDetail, "What to do, and what to answer."), ...REFUSALS },
  });
  app.openapi(show, async (c) => c.json(detailOf(await readTask(c.req.valid("param").id, deps)), 200));

  const document = createRoute({
    method: "get",
    path: "/tasks/{id}/document",
    summary: "The file that a task needs",
    middleware: [allow("reader", events)],
    request: { params: Id },
    responses: {
      200: { description: "The file.", content: { "application/octet-stream": { schema: z.string() } } },
      ...REFUSALS,
    },
  });
  app.openapi(document, async (c) => {
    const { subject } = await readTask(c.req.valid("param").id, deps);
    const { document: file } = taskGuide(subject);
    const text = await readTaskDocument(subject, deps);
    if (!file || text === null) throw new HTTPException(404, { message: "This task needs no file." });
    return c.body(text, 200, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${file.fileName}"`,
    });
  });

  for (const [path, role, summary] of [
    ["/tasks/{id}/answer", "operator", "Answer a task"],
    ["/tasks/{id}/approval", "approver", "Approve a plan"],
  ] as const) {
    const answer = createRoute({
      method: "post",
      path,
      summary,
      description: "A wrong answer is refused with its reason, and the task stays open.",
      middleware: [allow(role, events)],
      request: { params: Id, body: jsonBody(Answer) },
      responses: {
        204: { description: "The flow continues." },
        ...CONFLICT,
        ...REFUSED_CONTENT,
        ...REFUSALS,
      },
    });
    app.openapi(answer, async (c) => {
      const { id } = c.req.valid("param");
      const { subject } = await readTask(id, deps);
      if ((subject.kind === APPROVAL) !== (role === "approver")) {
        throw new HTTPException(403, {
          message: `A task of kind ${subject.kind} is not answered at this path.`,
        });
      }
      await answerTask(id, c.req.valid("json"), { ...deps, answeredBy: c.get("caller").name });
      return c.body(null, 204);
    });
  }

  const decline = createRoute({
    method: "post",
    path: "/tasks/{id}/decline",
    summary: "Decline a task: its flow ends",
    middleware: [allow("operator", events)],
    request: { params: Id, body: jsonBody(z.strictObject({ reason: z.string().min(1).max(1000) })) },
    responses: { 204: { description: "The flow ends." }, ...CONFLICT, ...REFUSALS },
  });
  app.openapi(decline, async (c) => {
    const { reason } = c.req.valid("json");
    await declineTask(c.req.valid("param").id, reason, { ...deps, answeredBy: c.get("caller").name });
    return c.body(null, 204);
  });
}

/** Unchanged: the members of its subject, other than the kind, are not described. */
function openly(task: OperatorTask): z.infer<typeof Task> {
  return task as object as z.infer<typeof Task>;
}

function detailOf(task: OperatorTask) {
  const { why, warnings = [], steps, next, document } = taskGuide(task.subject);
  return {
    ...openly(task),
    why,
    warnings: [...warnings],
    steps: [...steps],
    next,
    document: document ? { what: document.what, fileName: document.fileName } : null,
    fields: answerFields(task.subject.kind),
  };
}
