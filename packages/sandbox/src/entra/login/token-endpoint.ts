import type { EntraState } from "../state.ts";
import { type Registration, TOKEN_SECONDS, issueAccessToken } from "./access-token.ts";
import { loginErrorResponse } from "./login-error.ts";

const GRAPH_SCOPE = "https://graph.microsoft.com/.default";

/** `POST /{tenant}/oauth2/v2.0/token`, client credentials with a client secret. */
export async function answerTokenRequest(
  request: Request,
  state: EntraState,
  registration: Registration,
): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const clientId = form.get("client_id") ?? "";
  const secret = form.get("client_secret");
  const scope = form.get("scope") ?? "";
  if (form.get("grant_type") !== "client_credentials") {
    const message = "The app requested an unsupported grant type; the sandbox knows client_credentials only.";
    return loginErrorResponse(state, { status: 400, error: "unsupported_grant_type", code: 70003, message });
  }
  if (clientId.toLowerCase() !== registration.clientId) {
    const message = `Application with identifier '${clientId}' was not found in the directory '${state.tenant.displayName}'.`;
    return loginErrorResponse(state, { status: 400, error: "unauthorized_client", code: 700016, message });
  }
  if (secret === null) {
    const message = "The request body must contain 'client_secret'; the sandbox takes no client assertion.";
    return loginErrorResponse(state, { status: 401, error: "invalid_client", code: 7000216, message });
  }
  if (secret !== registration.clientSecret) {
    const message = `Invalid client secret provided for app '${clientId}': send the secret's value, not its id.`;
    return loginErrorResponse(state, { status: 401, error: "invalid_client", code: 7000215, message });
  }
  // MSAL adds the OpenID scopes by itself.
  if (!scope.split(" ").includes(GRAPH_SCOPE)) {
    const message = `The provided value for scope '${scope}' is not valid: client credentials need ${GRAPH_SCOPE}.`;
    return loginErrorResponse(state, { status: 400, error: "invalid_scope", code: 70011, message });
  }
  return Response.json({
    token_type: "Bearer",
    expires_in: TOKEN_SECONDS,
    ext_expires_in: TOKEN_SECONDS,
    access_token: issueAccessToken(state, registration),
  });
}
