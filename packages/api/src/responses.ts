import type { z } from "@hono/zod-openapi";
import { Problem } from "./problem.ts";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Problem } },
});

/** How any request may be refused. */
export const REFUSALS = {
  400: problem("The request is malformed."),
  401: problem("The request has no authorizer context."),
  403: problem("The caller lacks the role."),
  404: problem("The resource does not exist."),
  500: problem("An internal error."),
  503: problem("AWS or Entra is not available; try again."),
} as const;

export const CONFLICT = { 409: problem("It conflicts with an earlier request.") } as const;
export const REFUSED_CONTENT = { 422: problem("The content is invalid.") } as const;

export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } };
}
