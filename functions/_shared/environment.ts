import { GALLERY_TEMPLATE_ID } from "@landbridge/core";
import * as z from "zod";
import { Routes } from "./network.ts";

const list = z
  .string()
  .default("")
  .transform((text) => text.split(",").map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ""));
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, ctx) => parsed(text, ctx))
    .pipe(schema);

function parsed(text: string, ctx: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    ctx.addIssue({ code: "custom", message: `expected JSON: ${String(error)}` });
    return z.NEVER;
  }
}

/** Every environment variable that a function reads. */
export const Environment = z.object({
  AWS_REGION: z.string(),
  LANDBRIDGE_TABLE: z.string(),
  LANDBRIDGE_BUCKET: z.string(),
  LANDBRIDGE_TENANT_ID: z.guid(),
  LANDBRIDGE_CLIENT_ID: z.guid(),
  /** Name of the secret with the app registration's client secret; absent: federated credential, no secret at all. */
  LANDBRIDGE_CLIENT_SECRET_NAME: z.string().optional(),
  /** Role that signs in to Entra for all functions; absent: each function's own does. */
  LANDBRIDGE_SIGN_IN_ROLE_ARN: z.string().startsWith("arn:").optional(),
  LANDBRIDGE_SCIM_SECRET_NAME: z.string().default("landbridge/scim-token"),
  /** Name of the secret with the key that seals task tokens: 32 random bytes in base64. */
  LANDBRIDGE_TASK_KEY_SECRET_NAME: z.string().default("landbridge/task-key"),
  LANDBRIDGE_POLICY_KEY: z.string().default("policy/access.yaml"),
  LANDBRIDGE_APPLICATION_NAME: z.string().default("AWS IAM Identity Center"),
  LANDBRIDGE_APPLICATION_TEMPLATE_ID: z.guid().default(GALLERY_TEMPLATE_ID),
  /** Up to five addresses, separated by commas. */
  LANDBRIDGE_NOTIFICATION_EMAILS: list.pipe(z.array(z.email()).max(5)),
  LANDBRIDGE_MANAGE_MANAGEMENT_ACCOUNT: z.stringbool().default(false),
  LANDBRIDGE_BREAK_GLASS_PRINCIPALS: list,
  LANDBRIDGE_BREAK_GLASS_PERMISSION_SETS: list,
  LANDBRIDGE_MAX_DELETIONS: z.coerce.number().int().min(0).default(50),
  LANDBRIDGE_MAX_DELETION_PERCENT: z.coerce.number().min(0).max(100).default(20),
  LANDBRIDGE_DELETIONS_PER_DAY: z.coerce.number().int().min(0).default(200),
  /** More changes of assignments in one run need approval; absent: any number goes. */
  LANDBRIDGE_APPROVE_ABOVE_ASSIGNMENTS: z.coerce.number().int().min(0).optional(),
  /** Changes in more accounts in one run need approval; absent: any number goes. */
  LANDBRIDGE_APPROVE_ABOVE_ACCOUNTS: z.coerce.number().int().min(0).optional(),
  /** Who may approve a plan with an unknown author: ARNs of roles and users, user names, object ids, comma-separated. */
  LANDBRIDGE_APPROVERS: list,
  /** Whether a held plan's unprivileged additions are applied at once. */
  LANDBRIDGE_APPLY_ADDITIONS_OF_HELD_PLANS: z.stringbool().default(true),
  /** ARN of every state machine up to the name of its flow; only what starts flows needs it. */
  LANDBRIDGE_STATE_MACHINE_PREFIX: z.string().startsWith("arn:").optional(),
  /** Address of the Graph webhook; absent: no subscription is created. */
  LANDBRIDGE_WEBHOOK_URL: z.url({ protocol: /^https$/ }).optional(),
  /** Name or ARN of the bus that events of flows are published on; absent: they are logged only. */
  LANDBRIDGE_EVENT_BUS: z.string().min(1).optional(),
  /** Begins the name of every role of the deployment. */
  LANDBRIDGE_OWN_ROLE_PREFIX: z.string().min(1).default("landbridge-"),
  LANDBRIDGE_PAUSED: z.stringbool().default(false),
  /** Local runs only: host names that this machine answers. */
  LANDBRIDGE_ROUTES: json(Routes).default({}),
});
export type Environment = z.infer<typeof Environment>;
