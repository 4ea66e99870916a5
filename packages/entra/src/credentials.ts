import { ClientAssertionCredential, ClientSecretCredential, type TokenCredential } from "@azure/identity";
import { makeIdentityHttpClient } from "./identity-http-client.ts";
import { memoiseAssertion } from "./memoise-assertion.ts";

interface CredentialOptions {
  readonly tenantId: string;
  readonly clientId: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Signs in with a client secret. */
export function makeClientSecretCredential({
  tenantId,
  clientId,
  clientSecret,
  fetch,
}: CredentialOptions & { readonly clientSecret: string }): TokenCredential {
  return new ClientSecretCredential(tenantId, clientId, clientSecret, transport(fetch));
}

/**
 * Signs in without a stored secret: `getAssertion` gives a JWT (AWS STS `GetWebIdentityToken`) that a federated
 * credential of the app registration trusts. It is asked for a new one shortly before the last one's `exp`.
 */
export function makeFederatedCredential({
  tenantId,
  clientId,
  getAssertion,
  fetch,
}: CredentialOptions & { readonly getAssertion: () => Promise<string> }): TokenCredential {
  const assertion = memoiseAssertion(getAssertion);
  const credential = new ClientAssertionCredential(tenantId, clientId, assertion, transport(fetch));
  return {
    async getToken(scopes, options) {
      // First, and outside the Azure library, which would lose the name of a failure.
      await assertion();
      return credential.getToken(scopes, options);
    },
  };
}

function transport(fetch: typeof globalThis.fetch) {
  return { disableInstanceDiscovery: true, httpClient: makeIdentityHttpClient(fetch) };
}
