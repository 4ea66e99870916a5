import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretStore } from "@landbridge/core";
import { required } from "./required.ts";

const CURRENT = "AWSCURRENT";
/**
 * Label of a version that is not current yet. Not AWSPENDING: that one belongs to native rotation, which refuses to start
 * while another version has it.
 */
export const CANDIDATE = "CANDIDATE";

/** Versions of secrets in Secrets Manager. The secrets themselves exist already. */
export function makeSecretStore(secretsManager: SecretsManagerClient): SecretStore {
  return {
    async add(name, value) {
      const { VersionId } = await secretsManager.send(
        new PutSecretValueCommand({ SecretId: name, SecretString: value, VersionStages: [CANDIDATE] }),
      );
      return { name, versionId: required(VersionId, `the new version of secret ${name}`) };
    },
    async read({ name, versionId }) {
      const { SecretString } = await secretsManager.send(
        new GetSecretValueCommand({ SecretId: name, VersionId: versionId }),
      );
      return required(SecretString, `a text in version ${versionId} of secret ${name}`);
    },
    async promote({ name, versionId }) {
      const { VersionIdsToStages = {} } = await secretsManager.send(
        new DescribeSecretCommand({ SecretId: name }),
      );
      const [former] =
        Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(CURRENT)) ?? [];
      if (former === versionId) return;
      // Secrets Manager itself moves AWSPREVIOUS to the version that loses AWSCURRENT (UpdateSecretVersionStage).
      await secretsManager.send(
        new UpdateSecretVersionStageCommand({
          SecretId: name,
          VersionStage: CURRENT,
          MoveToVersionId: versionId,
          ...(former !== undefined && { RemoveFromVersionId: former }),
        }),
      );
    },
  };
}
