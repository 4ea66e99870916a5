import * as z from "zod";

/** What states hand to each other: references and small facts, never a secret, never a long list. */

/** What a state that waits for an operator knows of itself. */
export const WaitingState = z.object({ taskToken: z.string(), executionArn: z.string() });

export const Instance = z.object({
  instanceArn: z.string(),
  identityStoreId: z.string(),
  ownerAccountId: z.string(),
  region: z.string(),
});

export const Application = z.object({
  applicationObjectId: z.string(),
  appId: z.string(),
  servicePrincipalId: z.string(),
  displayName: z.string(),
  templateId: z.string().nullable(),
});

export const Certificate = z.object({ thumbprint: z.string(), expiresAt: z.string() });

export const ServiceProvider = z.object({ entityId: z.string(), replyUrls: z.array(z.string()).min(1) });

export const ScimCredentials = z.object({
  endpoint: z.string(),
  secret: z.object({ name: z.string(), versionId: z.string() }),
  expiresAt: z.string(),
});

/** Keys of the three reads that a plan is made from. */
export const World = z.object({
  directoryKey: z.string(),
  organizationKey: z.string(),
  instanceKey: z.string(),
});

export const PlanReference = z.object({ planKey: z.string() });
