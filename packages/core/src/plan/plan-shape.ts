import * as z from "zod";
import type { Plan } from "./plan.ts";

const Text = z.string();
const Texts = z.array(Text).readonly();
const OrNull = Text.nullable();
const Count = z.int();
const CustomerManaged = z.object({ name: Text, path: Text });

const Principal = z.object({
  type: z.enum(["GROUP", "USER"]),
  directoryId: OrNull,
  principalId: OrNull,
  name: Text,
});

const Spec = z.object({
  description: OrNull,
  sessionDuration: Text,
  relayState: OrNull,
  awsManagedPolicies: Texts,
  customerManagedPolicies: z.array(CustomerManaged).readonly(),
  inlinePolicy: OrNull,
  permissionsBoundary: z
    .union([z.object({ awsManagedPolicy: Text }), z.object({ customerManagedPolicy: CustomerManaged })])
    .nullable(),
  tags: z.record(Text, Text).nullable(),
});

/** The form of a plan that comes from a file. */
export const PlanShape: z.ZodType<Plan> = z.object({
  version: z.literal(1),
  instanceArn: Text,
  scope: z.discriminatedUnion("scope", [
    z.object({ scope: z.literal("full") }),
    z.object({ scope: z.enum(["groups", "accounts"]), ids: Texts }),
  ]),
  madeAt: Text,
  stateHash: Text,
  permissionSets: z
    .array(
      z.object({
        action: z.enum(["create", "update", "delete"]),
        name: Text,
        arn: OrNull,
        spec: Spec,
        changes: Texts,
      }),
    )
    .readonly(),
  provisioning: z
    .array(z.object({ permissionSet: Text, arn: Text, accountId: Text, accountName: Text, reason: Text }))
    .readonly(),
  assignments: z
    .array(
      z.object({
        action: z.enum(["create", "delete"]),
        accountId: Text,
        accountName: Text,
        permissionSet: Text,
        principal: Principal,
        reason: z.object({ rule: OrNull, where: OrNull, text: Text }),
      }),
    )
    .readonly(),
  awaited: z.array(Principal).readonly(),
  counts: z.object({
    desired: Count,
    unchanged: Count,
    creates: Count,
    deletes: Count,
    permissionSetCreates: Count,
    permissionSetUpdates: Count,
    permissionSetDeletes: Count,
    provisions: Count,
    foreign: Count,
  }),
  warnings: Texts,
  guardrails: z.object({
    maxDeletions: z.number().nullable(),
    maxDeletionPercent: z.number().nullable(),
    deletionsPerDay: z.number().nullable(),
    approveAbove: z.object({ assignments: z.number().nullable(), accounts: z.number().nullable() }),
    paused: z.boolean(),
  }),
});
