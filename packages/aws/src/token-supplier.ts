import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { TokenSupplier } from "@landbridge/core";
import { required } from "./required.ts";
import { CANDIDATE } from "./secret-store.ts";
import { isAwsError } from "./translate-error.ts";

/** Uses the token that somebody put into the secret with the stage `CANDIDATE`. */
export function makeTokenSupplier(secretsManager: SecretsManagerClient): TokenSupplier {
  return {
    async supply(name) {
      try {
        const { VersionId, CreatedDate } = await secretsManager.send(
          new GetSecretValueCommand({ SecretId: name, VersionStage: CANDIDATE }),
        );
        const versionId = required(VersionId, `the candidate version of secret ${name}`);
        const suppliedAt = required(CreatedDate, `the date of version ${versionId}`).toISOString();
        return { secret: { name, versionId }, suppliedAt };
      } catch (error) {
        // No version has the stage. That the secret itself is missing shows when its current version is read.
        if (isAwsError(error, "ResourceNotFoundException")) return null;
        throw error;
      }
    },
  };
}
