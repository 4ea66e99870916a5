import { ROTATION_REASONS } from "@landbridge/core";
import * as z from "zod";

/** What states pass to each other: references and small facts, never a secret or a long list. */

/** What a state that waits for an operator knows about itself. */
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
  /** ISO time before the first of them. */
  readAt: z.string(),
});

/** Entra object id, or an identity store id, which may have ten hexadecimal digits before its UUID. */
const groupId = z.string().regex(/^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, {
  error: "expected the object id of a group",
});
const accountId = z.string().regex(/^\d{12}$/, { error: "expected an account id of twelve digits" });
const MOST_IDS = 200;
/** Only drains set it: an event may be about a group that no longer exists. */
const unknownIds = z.enum(["refuse", "ignore"]).default("refuse");

const scopes = {
  full: { scope: z.literal("full") },
  groups: {
    scope: z.literal("groups"),
    ids: z
      .array(groupId.transform((id) => id.toLowerCase()))
      .min(1)
      .max(MOST_IDS),
    unknownIds,
  },
  accounts: { scope: z.literal("accounts"), ids: z.array(accountId).min(1).max(MOST_IDS), unknownIds },
};

/** The scope of a run of sync-access. */
export const SyncScope = z.discriminatedUnion("scope", [
  z.strictObject(scopes.full),
  z.strictObject(scopes.groups),
  z.strictObject(scopes.accounts),
]);

const run = {
  mode: z.enum(["plan", "apply"]),
  /** Who asked for the run. */
  requestedBy: z.string().min(1).max(256).nullish(),
  /** The run does exactly this plan or nothing. */
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
};

/** The hash of a proposed policy, if the run is for that one instead of the one in force. */
const proposal = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .optional();

/**
 * Input of sync-access. A mistyped name is refused: it would otherwise be a full run. So is a proposal with a scope: it would
 * take effect although the rest was not checked.
 */
export const SyncInput = z.discriminatedUnion("scope", [
  z.strictObject({ ...scopes.full, ...run, proposal }),
  z.strictObject({ ...scopes.groups, ...run }),
  z.strictObject({ ...scopes.accounts, ...run }),
]);

/** One exact version of the access policy, for every state of a run. */
export const PolicyRef = z.object({
  key: z.string(),
  versionId: z.string(),
  hash: z.string(),
  isProposal: z.boolean(),
});

/** Identifies the run. AWS does not document whether RedriveCount is present before the first redrive. */
export const Run = z.object({ executionArn: z.string(), redrives: z.int().default(0) });

/** Proves that a state may write: the checked plan, its policy, and the number of the fence. */
export const JudgedRun = z.object({
  planKey: z.string(),
  planHash: z.string(),
  approvedHash: z.string(),
  policy: PolicyRef,
  fence: z.int(),
  run: Run,
});

/** A plan as it travels through the state machine. */
export const PlanSummary = z.object({
  planKey: z.string(),
  planHash: z.string(),
  counts: z.object({
    desired: z.number(),
    unchanged: z.number(),
    creates: z.number(),
    deletes: z.number(),
    permissionSetCreates: z.number(),
    permissionSetUpdates: z.number(),
    permissionSetDeletes: z.number(),
    provisions: z.number(),
    foreign: z.number(),
  }),
});

/** Why a run ended without carrying its plan out, and where the approval is asked for. */
export const HoldNotice = z.object({
  because: z.string(),
  executionArn: z.string().nullable(),
  taskId: z.string().nullable(),
});

/** The progress of VerifyAccess. */
export const VerifiedAccess = z.object({
  verified: z.int(),
  asked: z.int(),
  remaining: z.int(),
  isByPlace: z.boolean(),
});

/** The input of a rotation. */
export const RotationRequest = z.strictObject({
  force: z.boolean().default(false),
  reason: z.enum(ROTATION_REASONS).nullable().default(null),
  requestedBy: z.string().max(2048).nullable().default(null),
});
