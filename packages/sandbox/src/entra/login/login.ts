import { type Context, Hono } from "hono";
import type { Service } from "../../kernel/kernel.ts";
import type { Certificate } from "../certificate.ts";
import { type EntraState, applicationOf, isVisible, servicePrincipalOf } from "../state.ts";
import type { Registration } from "./access-token.ts";
import { federationMetadata } from "./federation-metadata.ts";
import { loginErrorResponse } from "./login-error.ts";
import { makeTenantCertificate, publishedCertificates } from "./signing-certificates.ts";
import { answerTokenRequest } from "./token-endpoint.ts";

/** `login.microsoftonline.com`: tokens, OpenID configuration, federation metadata. */
export function makeLogin(state: EntraState, registration: Registration): Service {
  const app = new Hono();
  let tenantCertificate: Promise<Certificate> | undefined;

  function answer(operation: string, respond: (context: Context) => Promise<Response> | Response) {
    return async (context: Context): Promise<Response> => {
      const tenant = context.req.param("tenant") ?? "";
      const response = isTenant(state, tenant) ? await respond(context) : unknownTenant(state, tenant);
      state.kernel.calls.record("login", operation, response.status);
      return response;
    };
  }

  app.post(
    "/:tenant/oauth2/v2.0/token",
    answer("POST /oauth2/v2.0/token", ({ req }) => answerTokenRequest(req.raw, state, registration)),
  );
  app.get(
    "/:tenant/v2.0/.well-known/openid-configuration",
    answer("GET /v2.0/.well-known/openid-configuration", () => Response.json(openIdConfiguration(state))),
  );
  app.get(
    "/:tenant/federationmetadata/2007-06/federationmetadata.xml",
    answer("GET /federationmetadata", async ({ req }) => {
      const appId = req.query("appid");
      if (appId !== undefined && !isKnown(state, appId)) return unknownApplication(state, appId);
      const servicePrincipal = appId === undefined ? undefined : servicePrincipalOf(state, appId);
      const [signing, ...others] = servicePrincipal ? publishedCertificates(state, servicePrincipal) : [];
      const first = signing ?? (await (tenantCertificate ??= makeTenantCertificate(state)));
      return new Response(federationMetadata(state, [first, ...others]), {
        headers: { "Content-Type": "application/samlmetadata+xml; charset=utf-8" },
      });
    }),
  );
  app.notFound(({ req }) => {
    state.kernel.calls.record("login", `${req.method} (unknown)`, 404);
    return new Response("The sandbox does not imitate this sign-in page.", { status: 404 });
  });
  return { fetch: (request) => app.fetch(request) };
}

function isTenant({ tenant }: EntraState, given: string): boolean {
  return [tenant.id, ...tenant.verifiedDomains].includes(given.toLowerCase());
}

function unknownTenant(state: EntraState, tenant: string): Response {
  const message = `Tenant '${tenant}' not found. Check that you have the correct tenant id.`;
  return loginErrorResponse(state, { status: 400, error: "invalid_request", code: 90002, message });
}

function isKnown(state: EntraState, appId: string): boolean {
  const application = applicationOf(state, appId);
  return application !== undefined && isVisible(state, application);
}

function unknownApplication({ tenant }: EntraState, appId: string): Response {
  const shown = /^[\w-]{1,64}$/.test(appId) ? appId : "given";
  const body = `<!DOCTYPE html><title>Sign in to your account</title><p>AADSTS700016: Application with identifier '${shown}' was not found in the directory '${tenant.id}'.</p>`;
  return new Response(body, { status: 400, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** What Microsoft's client library requests before a token. */
function openIdConfiguration({ tenant }: EntraState): Record<string, unknown> {
  const login = `https://login.microsoftonline.com/${tenant.id}`;
  return {
    token_endpoint: `${login}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    jwks_uri: `${login}/discovery/v2.0/keys`,
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    subject_types_supported: ["pairwise"],
    issuer: `${login}/v2.0`,
    authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${login}/oauth2/v2.0/logout`,
    cloud_instance_name: "microsoftonline.com",
    msgraph_host: "graph.microsoft.com",
  };
}
