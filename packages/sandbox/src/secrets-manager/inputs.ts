import * as z from "zod";

export const SecretId = z.string().min(1).max(2048);
const VersionId = z.string().min(32).max(64);
const Stage = z.string().min(1).max(256);
/** Size of a value, text or binary (user guide, "Quotas"). */
const MOST_BYTES = 65_536;

const value = {
  SecretString: z
    .string()
    .min(1)
    .refine(fits("utf8"), `Member must have at most ${MOST_BYTES} bytes`)
    .optional(),
  SecretBinary: z
    .base64()
    .min(1)
    .refine(fits("base64"), `Member must have at most ${MOST_BYTES} bytes`)
    .optional(),
};

export const CreateSecret = z.strictObject({
  Name: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[A-Za-z0-9/_+=.@-]+$/),
  ClientRequestToken: VersionId.optional(),
  Description: z.string().max(2048).optional(),
  KmsKeyId: z.string().max(2048).optional(),
  ...value,
  Tags: z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).optional(),
});
export const PutSecretValue = z.strictObject({
  SecretId,
  ClientRequestToken: VersionId.optional(),
  ...value,
  VersionStages: z.array(Stage).min(1).max(20).optional(),
});
export const GetSecretValue = z.strictObject({
  SecretId,
  VersionId: VersionId.optional(),
  VersionStage: Stage.optional(),
});
export const UpdateStage = z.strictObject({
  SecretId,
  VersionStage: Stage,
  RemoveFromVersionId: VersionId.optional(),
  MoveToVersionId: VersionId.optional(),
});
export const ListVersions = z.strictObject({
  SecretId,
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().min(1).max(4096).optional(),
  IncludeDeprecated: z.boolean().optional(),
});

export const DeleteSecret = z.strictObject({
  SecretId,
  RecoveryWindowInDays: z.int().min(7).max(30).optional(),
  ForceDeleteWithoutRecovery: z.boolean().optional(),
});
export const ListSecrets = z.strictObject({
  IncludePlannedDeletion: z.boolean().optional(),
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().min(1).max(4096).optional(),
});

function fits(encoding: "utf8" | "base64"): (text: string) => boolean {
  return (text) => Buffer.byteLength(text, encoding) <= MOST_BYTES;
}
