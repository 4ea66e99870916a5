import type { EntraState } from "../state.ts";
import { type Registration, TOKEN_SECONDS, issueAccessToken } from "./access-token.ts";
import { verifyClientAssertion } from "./client-assertion.ts";
import { loginErrorResponse } from "./login-error.ts";
import { LoginRefusal, invalidClient } from "./login-refusal.ts";

const GRAPH_SCOPE = "https://graph.microsoft.com/.default";
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** `POST /{tenant}/oauth2/v2.0/token`, client credentials with a client secret or a federated credential. */
export async function answerTokenRequest(
  request: Request,
  state: EntraState,
  registration: Registration,
): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  try {
    await checkTokenRequest(form, state, registration);
  } catch (error) {
    if (!(error instanceof LoginRefusal)) throw error;
    return loginErrorResponse(state, error);
  }
  return Response.json({
    token_type: "Bearer",
    expires_in: TOKEN_SECONDS,
    ext_expires_in: TOKEN_SECONDS,
    access_token: issueAccessToken(state, registration),
  });
}

async function checkTokenRequest(
  form: URLSearchParams,
  state: EntraState,
  registration: Registration,
): Promise<void> {
  const clientId = form.get("client_id") ?? "";
  if (form.get("grant_type") !== "client_credentials") {
    const message = "The app requested an unsupported grant type; the sandbox knows client_credentials only.";
    throw new LoginRefusal(70003, message, { status: 400, error: "unsupported_grant_type" });
  }
  if (clientId.toLowerCase() !== registration.clientId) {
    const message = `Application with identifier '${clientId}' was not found in the directory '${state.tenant.displayName}'.`;
    throw new LoginRefusal(700016, message, { status: 400, error: "unauthorized_client" });
  }
  await authenticate(form, state, registration);
  // MSAL adds the OpenID scopes itself.
  const scope = form.get("scope") ?? "";
  if (scope.split(" ").includes(GRAPH_SCOPE)) return;
  const message = `The provided value for scope '${scope}' is not valid: client credentials need ${GRAPH_SCOPE}.`;
  throw new LoginRefusal(70011, message, { status: 400, error: "invalid_scope" });
}

async function authenticate(
  form: URLSearchParams,
  state: EntraState,
  registration: Registration,
): Promise<void> {
  const secret = form.get("client_secret");
  const assertion = form.get("client_assertion");
  const { clientId, clientSecret } = registration;
  if (assertion !== null && form.get("client_assertion_type") === JWT_BEARER) {
    return verifyClientAssertion(state, clientId, assertion);
  }
  if (secret === null) {
    const needed = "'client_assertion', 'client_secret' or 'request' is required";
    throw invalidClient(7000216, `${needed} for the 'client_credentials' grant type.`);
  }
  if (secret === clientSecret) return;
  const hint =
    "Ensure the secret being sent in the request is the client secret value, not the client secret ID";
  throw invalidClient(
    7000215,
    `Invalid client secret provided. ${hint}, for a secret added to app '${clientId}'.`,
  );
}
