import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { FlowError, type SealContext, type TokenSealer } from "@landbridge/core";
import { required } from "./required.ts";
import { isAwsError } from "./translate-error.ts";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
/** Sizes that NIST SP 800-38D recommends. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = "v1";

interface Key {
  readonly versionId: string;
  readonly bytes: Buffer;
}

/**
 * Seals with AES-256-GCM. The key is 32 random bytes in base64, stored in Secrets Manager; task id and kind are authenticated
 * with it. A sealed token names the version of its key, so that the key can be changed while tasks wait.
 */
export function makeTokenSealer(secretsManager: SecretsManagerClient, secretName: string): TokenSealer {
  const byVersion = new Map<string, Promise<Key>>();
  let current: Promise<Key> | undefined;

  async function readKey(versionId?: string): Promise<Key> {
    const answer = await secretsManager.send(
      new GetSecretValueCommand({ SecretId: secretName, ...(versionId && { VersionId: versionId }) }),
    );
    const bytes = Buffer.from(required(answer.SecretString, `a text in secret ${secretName}`), "base64");
    if (bytes.length !== KEY_BYTES)
      throw new Error(`Secret ${secretName} must be ${KEY_BYTES} bytes in base64; it has ${bytes.length}`);
    return { versionId: required(answer.VersionId, `the version of secret ${secretName}`), bytes };
  }

  /** A failed read is not remembered. */
  function currentKey(): Promise<Key> {
    current ??= readKey().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  }

  function keyOf(versionId: string): Promise<Key> {
    const known = byVersion.get(versionId);
    if (known) return known;
    const read = readKey(versionId).catch((error: unknown) => {
      byVersion.delete(versionId);
      if (!isAwsError(error, "ResourceNotFoundException")) throw error;
      throw unreadable(`version ${versionId} of secret ${secretName} is gone`, error);
    });
    byVersion.set(versionId, read);
    return read;
  }

  return {
    async seal(taskToken, context) {
      const key = await currentKey();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(authenticated(context));
      const text = Buffer.concat([cipher.update(taskToken, "utf8"), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString("base64url"));
      return [FORMAT, key.versionId, ...parts].join(".");
    },
    async unseal(sealed, context) {
      const [format, versionId = "", ...parts] = sealed.split(".");
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, "base64url"));
      if (format !== FORMAT || !nonce || !tag || !text) throw unreadable("it is in no known format");
      const key = await keyOf(versionId);
      try {
        const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(authenticated(context));
        decipher.setAuthTag(tag);
        return decipher.update(text, undefined, "utf8") + decipher.final("utf8");
      } catch (error) {
        throw unreadable("it was changed or belongs to another task", error);
      }
    },
  };
}

function authenticated({ taskId, kind }: SealContext): Buffer {
  return Buffer.from(JSON.stringify([taskId, kind]), "utf8");
}

function unreadable(why: string, cause?: unknown): FlowError {
  return new FlowError("TaskTokenUnreadable", `The task's token cannot be opened: ${why}`, { cause });
}
