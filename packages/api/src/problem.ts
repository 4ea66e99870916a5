import { type ErrorName, FlowError } from "@landbridge/core";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";

/** Problem details (RFC 9457), with the name of the error and what to do about it. */
export const Problem = z
  .object({
    type: z.string().openapi({ example: "about:blank" }),
    title: z.string().openapi({ example: "TaskNotFound", description: "Stable name of the failure." }),
    status: z.int(),
    detail: z.string(),
    remedy: z.string().optional().openapi({ description: "What the caller can do about it." }),
    issues: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: "Fields of the request that are wrong." }),
  })
  .openapi("Problem");
export type Problem = z.infer<typeof Problem>;

/** Statuses that do not follow from the error's fault. */
const STATUS: Partial<Record<ErrorName, number>> = {
  TaskNotFound: 404,
  FlowNotFound: 404,
  ExecutionNotFound: 404,
  TaskExpired: 409,
  TaskAlreadyAnswered: 409,
  ExecutionConflict: 409,
  ConflictingOperation: 409,
  ApproverIsRequester: 403,
  AccessDenied: 500,
  ConsentMissing: 500,
  RecordTooNew: 500,
  StoredRecordInvalid: 500,
};

const STATUS_BY_FAULT = { user: 422, remote: 503, bug: 500 } as const;

export function problemOf(error: unknown): Problem {
  if (error instanceof FlowError) {
    const { name, fault, message, remedy } = error as FlowError;
    const status = STATUS[name] ?? STATUS_BY_FAULT[fault];
    return { type: "about:blank", title: name, status, detail: message, remedy };
  }
  if (error instanceof HTTPException) {
    return { type: "about:blank", title: titleOf(error.status), status: error.status, detail: error.message };
  }
  // An unknown failure's message is only logged: it may quote what the caller must not see.
  return {
    type: "about:blank",
    title: "Unexpected",
    status: 500,
    detail: "The request failed unexpectedly. The API's log has the reason.",
  };
}

function titleOf(status: number): string {
  if (status === 400) return "BadRequest";
  if (status === 401) return "Unauthenticated";
  if (status === 403) return "Forbidden";
  return "RequestFailed";
}

export function answerProblem(c: Context, problem: Problem): Response {
  return c.body(JSON.stringify(problem), problem.status as 500, {
    "content-type": "application/problem+json",
    ...(problem.status === 503 && { "retry-after": "5" }),
  });
}
