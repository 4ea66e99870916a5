import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type ClientOptions, makeClientConfig } from "./client-config.ts";
import { govern } from "./govern.ts";
import { required } from "./required.ts";

/** The current value of a secret that a person keeps in Secrets Manager: the app registration's client secret. */
export async function readCurrentSecret(options: ClientOptions, name: string): Promise<string> {
  const secretsManager = govern(new SecretsManagerClient(makeClientConfig(options)), {
    service: "secretsmanager",
  });
  try {
    const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: name }));
    return required(SecretString, `a text in secret ${name}`);
  } finally {
    secretsManager.destroy();
  }
}
