import { FlowError } from "@landbridge/core";
import type { AppRegistration } from "./translate-error.ts";

/** Names of the errors that @azure/identity and MSAL throw from `getToken`. */
const TOKEN_ERRORS = new Set([
  "AuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
  "AggregateAuthenticationError",
  "ServerError",
  "ClientAuthError",
]);

export function isTokenError(name: string): boolean {
  return TOKEN_ERRORS.has(name);
}

/** What a refused sign-in means; `message` is the credential's, which holds Entra's AADSTS code. */
export function translateTokenError(message: string, { tenantId, clientId }: AppRegistration): FlowError {
  const who = `App registration ${clientId} cannot sign in to tenant ${tenantId}`;
  const said = `${who}: ${firstLine(message)}`;
  // Workload identity federation, considerations: a new federated credential takes minutes to be seen.
  if (/AADSTS70021[123]?\b/.test(message)) {
    return new FlowError(
      "NotPropagatedYet",
      `${said}. If it lasts, compare issuer, subject and audience of its federated credential`,
    );
  }
  if (/network_error|endpoints_resolution_error|AADSTS9003[36]\b|temporarily_unavailable/.test(message)) {
    return new FlowError("ServiceUnavailable", said);
  }
  if (/AADSTS\d+|invalid_client|unauthorized_client/.test(message)) {
    return new FlowError("ConsentMissing", `${said}. Check its client id, tenant and secret or certificate`);
  }
  return new FlowError("ServiceUnavailable", said);
}

/** MSAL appends trace ids, time stamps and its own advice. */
function firstLine(message: string): string {
  const aadsts = /AADSTS\d+:[^\r\n]*?(?= Trace ID| - Correlation ID|[\r\n]|$)/.exec(message)?.[0];
  return (aadsts ?? message.split(/[\r\n]/, 1)[0] ?? "").slice(0, 400);
}
