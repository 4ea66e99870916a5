import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { SecretStore } from "@landbridge/core";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

const CURRENT = "AWSCURRENT";
/**
 * Label of a version that is not current yet. Not AWSPENDING: that one belongs to native rotation, which refuses to start
 * while another version has it.
 */
export const CANDIDATE = "CANDIDATE";

/** Versions of secrets in Secrets Manager. The secrets themselves exist already. */
export function makeSecretStore(secretsManager: SecretsManagerClient): SecretStore {
  async function findCurrent(name: string): Promise<string | undefined> {
    const { VersionIdsToStages = {} } = await secretsManager.send(
      new DescribeSecretCommand({ SecretId: name }),
    );
    const [versionId] =
      Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes(CURRENT)) ?? [];
    return versionId;
  }

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
      const former = await findCurrent(name);
      if (former === versionId) return;
      // Secrets Manager itself moves AWSPREVIOUS to the version that loses AWSCURRENT (UpdateSecretVersionStage).
      const move = new UpdateSecretVersionStageCommand({
        SecretId: name,
        VersionStage: CURRENT,
        MoveToVersionId: versionId,
        ...(former !== undefined && { RemoveFromVersionId: former }),
      });
      try {
        await secretsManager.send(move);
      } catch (error) {
        // The SDK repeats a call whose answer was lost, and AWS refuses to move the label from a version that no longer has
        // it.
        if (!isAwsError(error, "InvalidParameterException")) throw error;
        if ((await findCurrent(name)) !== versionId) throw error;
      }
    },
  };
}
