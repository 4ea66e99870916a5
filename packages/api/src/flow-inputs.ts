import { CONCERNS, ROTATION_REASONS } from "@landbridge/core";
import { z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";

const ids = z.array(z.string().min(1).max(100)).min(1).max(200);
const mode = z.enum(["plan", "apply"]);
/** SHA-256 of a policy, as `POST /policy/proposals` answers it. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const force = z.boolean().optional();

/** The input of each flow; `stepfunctions/<flow>/examples` has one of each kind. */
export const FLOW_INPUTS = {
  connect: z.strictObject({}),
  "sync-access": z.discriminatedUnion("scope", [
    z.strictObject({
      scope: z.literal("full"),
      mode,
      planHash: z.string().optional(),
      proposal: hash.optional(),
    }),
    z.strictObject({ scope: z.literal("groups"), ids, mode }),
    z.strictObject({ scope: z.literal("accounts"), ids, mode }),
  ]),
  "rotate-token": z.strictObject({ force, reason: z.enum(ROTATION_REASONS).optional() }),
  "rotate-certificate": z.strictObject({ force }),
  watch: z.strictObject({ concerns: z.array(z.enum(CONCERNS)).min(1).optional() }),
  "drain-changes": z.strictObject({}),
  provision: z.strictObject({ name: z.string().min(1).max(256) }),
} as const satisfies Record<string, z.ZodType>;
export type FlowName = keyof typeof FLOW_INPUTS;

/**
 * The input of an execution: what was asked for, and by whom.
 * @throws {HTTPException} 400 naming the fields that are wrong
 */
export function requestedInput(flow: FlowName, body: unknown, requestedBy: string): object {
  const result = FLOW_INPUTS[flow].safeParse(body);
  if (!result.success) {
    throw new HTTPException(400, { message: `Input of ${flow}: ${z.prettifyError(result.error)}` });
  }
  return { ...result.data, requestedBy };
}
