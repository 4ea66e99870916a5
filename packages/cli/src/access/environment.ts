import { type Credentials, readCallerArn } from "@landbridge/aws";
import { type Deps, makeDeps } from "@landbridge/functions/_shared/deps";
import { makeWiring, type Variables } from "@landbridge/functions/_shared/wiring";
import { UsageError } from "../exit.ts";

/** The ports of an account, and who calls. */
export interface AccountDeps extends Deps {
  /** ARN of the caller, as AWS knows it. */
  readCallerArn(): Promise<string>;
}

/**
 * The ports of the account that the environment names, as the functions have them there; with the AWS_… and LANDBRIDGE_…
 * variables that `npm start -- --serve` prints, those of a sandbox.
 * @throws {UsageError} naming each variable that is missing or wrong
 */
export function depsOfEnvironment(variables: Variables, warn: (message: string) => void): AccountDeps {
  const credentials = credentialsOf(variables);
  try {
    const wiring = makeWiring(variables, {
      events: {
        emit: (code, payload) => {
          if (code === "warning.raised" && "message" in payload) warn(payload.message);
        },
      },
      ...(credentials && { credentials }),
    });
    return { ...makeDeps(wiring), readCallerArn: () => readCallerArn(wiring.client) };
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\n\nSet them as in your deployment, or use a sandbox: ` +
        "`npm start -- --serve` prints them all.",
      { cause: error },
    );
  }
}

/**
 * The access key in the environment. Null: there is none, or a profile, which takes precedence; then the SDK finds the
 * credentials.
 */
export function credentialsOf(variables: Variables): Credentials | null {
  const {
    AWS_PROFILE: profile,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = variables;
  if (profile || !accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
