import { randomUUID } from "node:crypto";
import { z } from "zod";
import { makeDefineOperation, type Operations } from "../aws-json/operation.ts";
import { paginate } from "../aws-json/pages.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { exists, invalidNextToken, invalidParameter, invalidRequest, valueNotFound } from "./errors.ts";
import { holderOf, type Secret, type SecretsState, type SecretValue, type SecretVersion } from "./state.ts";

const SecretId = z.string().min(1).max(2048);
const VersionId = z.string().min(32).max(64);
const Stage = z.string().min(1).max(256);
const value = {
  SecretString: z.string().min(1).max(65_536).optional(),
  SecretBinary: z.base64().min(1).optional(),
};

const CreateSecret = z.strictObject({
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
const PutSecretValue = z.strictObject({
  SecretId,
  ClientRequestToken: VersionId.optional(),
  ...value,
  VersionStages: z.array(Stage).min(1).max(20).optional(),
});
const GetSecretValue = z.strictObject({
  SecretId,
  VersionId: VersionId.optional(),
  VersionStage: Stage.optional(),
});
const UpdateStage = z.strictObject({
  SecretId,
  VersionStage: Stage,
  RemoveFromVersionId: VersionId.optional(),
  MoveToVersionId: VersionId.optional(),
});
const ListVersions = z.strictObject({
  SecretId,
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().min(1).max(4096).optional(),
  IncludeDeprecated: z.boolean().optional(),
});

const define = makeDefineOperation(invalidParameter);

/** The operations of Secrets Manager that make, label and read versions. */
export function makeOperations(state: SecretsState): Operations {
  return {
    CreateSecret: define(CreateSecret, (input) => {
      const content = readValue(input);
      const existing = state.findByName(input.Name);
      if (existing !== undefined && !isRepetition(existing, input.ClientRequestToken)) {
        throw exists(`The operation failed because the secret ${input.Name} already exists.`);
      }
      const secret =
        existing ??
        state.create({
          name: input.Name,
          description: input.Description ?? null,
          kmsKeyId: input.KmsKeyId ?? null,
          tags: input.Tags ?? [],
        });
      if (content === null) return identify(secret);
      const id = input.ClientRequestToken ?? randomUUID();
      const version = state.addVersion(secret, id, { value: content, stages: ["AWSCURRENT"] });
      return { ...identify(secret), VersionId: version.id };
    }),
    DescribeSecret: define(z.strictObject({ SecretId }), (input) =>
      describeSecret(state.find(input.SecretId)),
    ),
    GetSecretValue: define(GetSecretValue, (input) => {
      const secret = state.find(input.SecretId);
      const version = pickVersion(secret, input);
      return {
        ...identify(secret),
        VersionId: version.id,
        ...version.value,
        ...(version.stages.size > 0 && { VersionStages: [...version.stages] }),
        CreatedDate: epochSeconds(version.createdAt),
      };
    }),
    PutSecretValue: define(PutSecretValue, (input) => {
      const secret = state.find(input.SecretId);
      const content = readValue(input);
      if (content === null) throw invalidParameter("You must provide either SecretString or SecretBinary.");
      const id = input.ClientRequestToken ?? randomUUID();
      const version = state.addVersion(secret, id, {
        value: content,
        stages: input.VersionStages ?? ["AWSCURRENT"],
      });
      return { ...identify(secret), VersionId: version.id, VersionStages: [...version.stages] };
    }),
    UpdateSecretVersionStage: define(UpdateStage, (input) => {
      const secret = state.find(input.SecretId);
      state.updateStage(secret, input.VersionStage, {
        from: input.RemoveFromVersionId === undefined ? null : findVersion(secret, input.RemoveFromVersionId),
        to: input.MoveToVersionId === undefined ? null : findVersion(secret, input.MoveToVersionId),
      });
      return identify(secret);
    }),
    ListSecretVersionIds: define(ListVersions, (input, call) => {
      const secret = state.find(input.SecretId);
      const all = [...secret.versions.values()].filter(
        ({ stages }) => stages.size > 0 || input.IncludeDeprecated === true,
      );
      const { items, next } = paginate(all, input, {
        call,
        defaultSize: 100,
        refuseToken: invalidNextToken,
      });
      const Versions = items.map(({ id, stages, createdAt }) => ({
        VersionId: id,
        ...(stages.size > 0 && { VersionStages: [...stages] }),
        CreatedDate: epochSeconds(createdAt),
      }));
      return { ...identify(secret), Versions, ...next };
    }),
  };
}

function readValue({
  SecretString,
  SecretBinary,
}: {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
}): SecretValue | null {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter("You can't specify both a binary secret value and a string secret value.");
  }
  if (SecretString !== undefined) return { SecretString };
  return SecretBinary === undefined ? null : { SecretBinary };
}

/** CreateSecret repeated by a client that lost the answer: its token is a version that exists. */
function isRepetition(secret: Secret, token: string | undefined): boolean {
  return token !== undefined && secret.versions.has(token);
}

function identify(secret: Secret) {
  return { ARN: secret.arn, Name: secret.name };
}

function describeSecret(secret: Secret) {
  const staged = [...secret.versions.values()].filter(({ stages }) => stages.size > 0);
  return {
    ...identify(secret),
    ...(secret.description !== null && { Description: secret.description }),
    ...(secret.kmsKeyId !== null && { KmsKeyId: secret.kmsKeyId }),
    ...(secret.tags.length > 0 && { Tags: secret.tags }),
    CreatedDate: epochSeconds(secret.createdAt),
    LastChangedDate: epochSeconds(secret.changedAt),
    VersionIdsToStages: Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]])),
  };
}

function findVersion(secret: Secret, id: string): SecretVersion {
  const version = secret.versions.get(id);
  if (version === undefined) throw valueNotFound(`VersionId: ${id}`);
  return version;
}

function pickVersion(secret: Secret, input: z.infer<typeof GetSecretValue>): SecretVersion {
  if (input.VersionId === undefined) {
    const stage = input.VersionStage ?? "AWSCURRENT";
    const version = holderOf(secret, stage);
    if (version === undefined) throw valueNotFound(`staging label: ${stage}`);
    return version;
  }
  const version = findVersion(secret, input.VersionId);
  if (input.VersionStage !== undefined && !version.stages.has(input.VersionStage)) {
    throw invalidRequest("VersionId and VersionStage name different versions.");
  }
  return version;
}
