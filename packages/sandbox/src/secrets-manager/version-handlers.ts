import type { z } from "zod";
import { makeDefineOperation, type Operations } from "../aws-json/operation.ts";
import { paginate } from "../aws-json/pages.ts";
import { epochSeconds } from "../aws-json/timestamps.ts";
import { invalidNextToken, invalidParameter, invalidRequest, valueNotFound } from "./errors.ts";
import { GetSecretValue, ListVersions, PutSecretValue, UpdateStage } from "./inputs.ts";
import { identify, readValue } from "./secret-value.ts";
import { holderOf, type Secret, type SecretsState, type SecretVersion } from "./state.ts";

const define = makeDefineOperation(invalidParameter, "secrets-manager");

/** The operations of Secrets Manager that put, label and read versions. */
export function makeVersionOperations(state: SecretsState): Operations {
  return {
    GetSecretValue: define(GetSecretValue, (input) => {
      const secret = state.findUsable(input.SecretId);
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
      const secret = state.findUsable(input.SecretId);
      const content = readValue(input);
      if (content === null) throw invalidParameter("You must provide either SecretString or SecretBinary.");
      const id = input.ClientRequestToken ?? state.newVersionId();
      const version = state.addVersion(secret, id, {
        value: content,
        stages: input.VersionStages ?? ["AWSCURRENT"],
      });
      return { ...identify(secret), VersionId: version.id, VersionStages: [...version.stages] };
    }),
    UpdateSecretVersionStage: define(UpdateStage, (input) => {
      const secret = state.findUsable(input.SecretId);
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
