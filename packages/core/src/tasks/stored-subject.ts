import * as z from "zod";
import { StoredToken } from "../connect/connection.ts";
import { ROTATION_REASONS } from "../rotate-token/rotation-cause.ts";
import type { TaskSubject } from "./task-kinds.ts";

/**
 * The subject of a stored task, of every kind. It is not in the files of the kinds, so that a function that only lists tasks
 * does not carry the checks of their answers.
 */
export const StoredSubject: z.ZodType<TaskSubject> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("certificate-upload"),
    identityStoreId: z.string(),
    certificateKey: z.string(),
    from: z.string().nullable(),
    to: z.string(),
  }),
  z.object({
    kind: z.literal("identity-source-change"),
    identityStoreId: z.string(),
    metadataKey: z.string(),
    thumbprint: z.string(),
    usersLosingSignIn: z.number(),
  }),
  z.object({
    kind: z.literal("new-scim-token"),
    why: z.enum(["forced", "refused", "unfinished", "due"]),
    reason: z.enum(ROTATION_REASONS).nullable(),
    requestedBy: z.string().nullable(),
    region: z.string(),
    identityStoreId: z.string(),
    endpoint: z.string(),
    inUse: StoredToken,
    formerExpiresAt: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("old-certificate-removal"),
    identityStoreId: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.object({
    kind: z.literal("old-token-deletion"),
    region: z.string(),
    identityStoreId: z.string(),
    endpoint: z.string(),
    inUse: StoredToken,
    old: StoredToken,
    leaked: z.boolean(),
  }),
  z.object({
    kind: z.literal("plan-approval"),
    planKey: z.string(),
    planHash: z.string(),
    reasons: z.array(z.string()).readonly(),
    policy: z.object({ versionId: z.string(), hash: z.string(), isProposal: z.boolean() }),
    origin: z.object({
      executionArn: z.string(),
      claim: z.string().nullable(),
      waitingFlow: z.string().nullable(),
    }),
    provenance: z.object({
      starter: z.discriminatedUnion("is", [
        z.object({ is: z.literal("known"), identities: z.array(z.string()).readonly() }),
        z.object({ is: z.literal("machine") }),
        z.object({ is: z.literal("unknown") }),
      ]),
      writers: z.array(z.string()).readonly().nullable(),
      excluded: z.array(z.string()).readonly(),
    }),
    approvers: z.array(z.string()).readonly(),
  }),
  z.object({
    kind: z.literal("scim-credentials"),
    region: z.string(),
    identityStoreId: z.string(),
    secretName: z.string(),
  }),
  z.object({
    kind: z.literal("service-provider-metadata"),
    region: z.string(),
    identityStoreId: z.string(),
  }),
  z.object({
    kind: z.literal("test-sign-in"),
    portalUrl: z.string(),
    examples: z.array(z.string()).readonly(),
  }),
]);
