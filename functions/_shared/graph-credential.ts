import { type ClientOptions, makeAssertionSource, readCurrentSecret } from "@landbridge/aws";
import { type Credential, makeClientSecretCredential, makeFederatedCredential } from "@landbridge/entra";
import type { Environment } from "./environment.ts";

interface CredentialOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Options of the AWS clients. */
  readonly client: ClientOptions;
}

/** Signs this process in to Entra: with a federated credential, or with a client secret if one is named. */
export function makeGraphCredential(
  environment: Environment,
  { fetch, client }: CredentialOptions,
): Credential {
  const app = {
    tenantId: environment.LANDBRIDGE_TENANT_ID,
    clientId: environment.LANDBRIDGE_CLIENT_ID,
    fetch,
    clock: client.clock,
  };
  const secretName = environment.LANDBRIDGE_CLIENT_SECRET_NAME;
  if (secretName !== undefined)
    return makeClientSecretCredential({ ...app, getSecret: () => readCurrentSecret(client, secretName) });
  return makeFederatedCredential({
    ...app,
    getAssertion: makeAssertionSource(client, environment.LANDBRIDGE_SIGN_IN_ROLE_ARN),
  });
}
