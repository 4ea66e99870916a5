import type { Kernel, Service } from "../kernel/kernel.ts";
import type { StsState } from "./state.ts";

const KEYS_PATH = "/.well-known/jwks.json";

/**
 * The issuers of web identity tokens, each at the host of its account: OpenID Connect Discovery 1.0. The host name determines
 * the account, so only {@link Kernel.network} reaches them.
 */
export function makeTokenIssuer(kernel: Kernel, state: StsState): Service {
  return {
    fetch(request) {
      const { origin, pathname } = new URL(request.url);
      const document = documentOf(state, origin, pathname);
      const response =
        request.method === "GET" && document !== null
          ? Response.json(document.body)
          : Response.json({ message: "Not Found" }, { status: 404 });
      kernel.calls.record("sts-issuer", document?.name ?? "unknown", response.status);
      return response;
    },
  };
}

function documentOf(state: StsState, issuer: string, path: string): { name: string; body: object } | null {
  if (path === KEYS_PATH) return { name: "jwks", body: state.keys.jwks() };
  if (path !== "/.well-known/openid-configuration") return null;
  return {
    name: "openid-configuration",
    body: {
      issuer,
      jwks_uri: `${issuer}${KEYS_PATH}`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256", "ES384"],
      claims_supported: ["iss", "sub", "aud", "iat", "exp", "jti"],
    },
  };
}
