import * as z from "zod";
import { makeDefineOperation, type Operations } from "../aws-json/operation.ts";
import { paginate } from "../aws-json/pages.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { exists, invalidNextToken, invalidParameter, invalidRequest } from "./errors.ts";
import { CreateSecret, DeleteSecret, ListSecrets, SecretId } from "./inputs.ts";
import { identify, readValue } from "./secret-value.ts";
import type { Secret, SecretsState } from "./state.ts";

const define = makeDefineOperation(invalidParameter, "secrets-manager");

/** Days until a deleted secret is gone; the default of the request. */
const RECOVERY_DAYS = 30;
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** The operations of Secrets Manager that make, describe and delete secrets. */
export function makeSecretOperations(state: SecretsState): Operations {
  return {
    CreateSecret: define(CreateSecret, (input) => {
      const content = readValue(input);
      const existing = state.findByName(input.Name);
      if (existing !== undefined && existing.deletedAt !== null) {
        throw invalidRequest(
          "You can't create this secret because a secret with this name is already scheduled for deletion.",
        );
      }
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
      const id = input.ClientRequestToken ?? state.newVersionId();
      const version = state.addVersion(secret, id, { value: content, stages: ["AWSCURRENT"] });
      return { ...identify(secret), VersionId: version.id };
    }),
    DescribeSecret: define(z.strictObject({ SecretId }), (input) => {
      const secret = state.find(input.SecretId);
      return { ...describeSecret(secret), VersionIdsToStages: stagesOf(secret) };
    }),
    ListSecrets: define(ListSecrets, (input, call) => {
      const all = state.all().filter(({ deletedAt }) => deletedAt === null || input.IncludePlannedDeletion);
      const { items, next } = paginate(all, input, {
        call,
        defaultSize: 100,
        refuseToken: invalidNextToken,
      });
      const SecretList = items.map((secret) => ({
        ...describeSecret(secret),
        SecretVersionsToStages: stagesOf(secret),
      }));
      return { SecretList, ...next };
    }),
    DeleteSecret: define(DeleteSecret, (input, { now }) => {
      const isForced = input.ForceDeleteWithoutRecovery === true;
      if (isForced && input.RecoveryWindowInDays !== undefined) {
        throw invalidParameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        );
      }
      const secret = isForced ? state.find(input.SecretId) : state.findUsable(input.SecretId);
      const days = isForced ? 0 : (input.RecoveryWindowInDays ?? RECOVERY_DAYS);
      secret.deletedAt = now;
      secret.goneAt = now + days * DAY_MILLISECONDS;
      return { ...identify(secret), DeletionDate: epochSeconds(secret.goneAt) };
    }),
    RestoreSecret: define(z.strictObject({ SecretId }), (input) => {
      const secret = state.find(input.SecretId);
      secret.deletedAt = null;
      secret.goneAt = null;
      return identify(secret);
    }),
  };
}

/** CreateSecret repeated by a client that lost the answer: its token is a version that exists. */
function isRepetition(secret: Secret, token: string | undefined): boolean {
  return token !== undefined && secret.versions.has(token);
}

function describeSecret(secret: Secret) {
  return {
    ...identify(secret),
    ...(secret.description !== null && { Description: secret.description }),
    ...(secret.kmsKeyId !== null && { KmsKeyId: secret.kmsKeyId }),
    ...(secret.tags.length > 0 && { Tags: secret.tags }),
    CreatedDate: epochSeconds(secret.createdAt),
    LastChangedDate: epochSeconds(secret.changedAt),
    ...(secret.deletedAt !== null && { DeletedDate: epochSeconds(secret.deletedAt) }),
  };
}

function stagesOf(secret: Secret): Record<string, string[]> {
  const staged = [...secret.versions.values()].filter(({ stages }) => stages.size > 0);
  return Object.fromEntries(staged.map(({ id, stages }) => [id, [...stages]]));
}
