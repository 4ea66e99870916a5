import type { z } from "@hono/zod-openapi";
import { Problem } from "./problem.ts";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Problem } },
});

/** How any request may be refused. */
export const REFUSALS = {
  400: problem("The request is not of the right form."),
  401: problem("No authorizer vouches for the caller."),
  403: problem("The caller lacks the role."),
  404: problem("There is no such thing."),
  500: problem("Something failed that is not the caller's fault."),
  503: problem("AWS or Entra does not answer; try again."),
} as const;

export const CONFLICT = { 409: problem("It was done already, or differently.") } as const;
export const REFUSED_CONTENT = { 422: problem("The content does not pass its check.") } as const;

export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } };
}
