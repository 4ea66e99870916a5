import { AssumeRoleCommand, GetWebIdentityTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { type ClientOptions, makeClientConfig } from "./client-config.ts";
import { govern } from "./govern.ts";
import { required } from "./required.ts";

/** Entra's audience for federated credentials. */
const AUDIENCE = "api://AzureADTokenExchange";
const LIFETIME_SECONDS = 300;
const SESSION = "landbridge";

/**
 * Assertions with which this process signs in to Entra without a stored secret: JWTs of AWS STS, good for five minutes.
 * Entra takes RS256 only. The account must have outbound web identity federation enabled (GetWebIdentityToken,
 * OutboundWebIdentityFederationDisabledException).
 * @param roleArn of the role that the JWT is about, which is assumed first; absent: the process's own. Functions have a role
 *   each, and an app registration trusts at most twenty subjects.
 */
export function makeAssertionSource(options: ClientOptions, roleArn?: string): () => Promise<string> {
  const config = makeClientConfig(options);
  const own = govern(new STSClient(config), { service: "sts" });
  const signIn =
    roleArn === undefined
      ? own
      : govern(new STSClient({ ...config, credentials: () => assumeRole(own, roleArn) }), { service: "sts" });
  return async () => {
    const { WebIdentityToken } = await signIn.send(
      new GetWebIdentityTokenCommand({
        Audience: [AUDIENCE],
        SigningAlgorithm: "RS256",
        DurationSeconds: LIFETIME_SECONDS,
      }),
    );
    return required(WebIdentityToken, "a web identity token");
  };
}

async function assumeRole(sts: STSClient, roleArn: string) {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: SESSION });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    (await sts.send(command)).Credentials ?? {};
  return {
    accessKeyId: required(AccessKeyId, "credentials of the sign-in role"),
    secretAccessKey: required(SecretAccessKey, "credentials of the sign-in role"),
    sessionToken: required(SessionToken, "credentials of the sign-in role"),
    ...(Expiration && { expiration: Expiration }),
  };
}
