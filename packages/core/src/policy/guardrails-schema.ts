import * as z from "zod";

const count = z.int().min(0);

/** Limits of a policy file; each can only be stricter than the deployment's. */
export const GuardrailsInput = z
  .strictObject({
    maxDeletions: count.optional().describe("More deletions in one run are held for approval."),
    maxDeletionPercent: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe("More deletions than this share of Landbridge's own assignments are held for approval."),
    deletionsPerDay: count
      .optional()
      .describe("Deletions that would exceed this many within 24 hours are held for approval."),
    approveAbove: z
      .strictObject({
        assignments: count.optional().describe("Changes of assignments, deletions and new ones together."),
        accounts: count.optional().describe("Accounts in which anything changes."),
      })
      .optional()
      .describe("The most that a run may change without approval."),
    paused: z.boolean().default(false).describe("true: runs plan and change nothing."),
  })
  .describe("Limits of what a run may do without approval: they can only be stricter than the deployment's.");
export type GuardrailsInput = z.infer<typeof GuardrailsInput>;
