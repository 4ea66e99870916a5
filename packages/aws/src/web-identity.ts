import { GetWebIdentityTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { type ClientOptions, makeClientConfig } from "./client-config.ts";
import { govern } from "./govern.ts";
import { required } from "./required.ts";

/** Entra's audience for federated credentials. */
const AUDIENCE = "api://AzureADTokenExchange";
const LIFETIME_SECONDS = 300;

/**
 * Assertions with which this process signs in to Entra without a stored secret: JWTs of AWS STS about its own role, good
 * for five minutes. Entra takes RS256 only. The account must have outbound web identity federation enabled
 * (GetWebIdentityToken, OutboundWebIdentityFederationDisabledException).
 */
export function makeAssertionSource(options: ClientOptions): () => Promise<string> {
  const sts = govern(new STSClient(makeClientConfig(options)), { service: "sts" });
  return async () => {
    const { WebIdentityToken } = await sts.send(
      new GetWebIdentityTokenCommand({
        Audience: [AUDIENCE],
        SigningAlgorithm: "RS256",
        DurationSeconds: LIFETIME_SECONDS,
      }),
    );
    return required(WebIdentityToken, "a web identity token");
  };
}
