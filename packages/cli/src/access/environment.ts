import { readCallerArn } from "@landbridge/aws";
import { type Deps, makeDeps } from "@landbridge/functions/_shared/deps";
import { makeWiring } from "@landbridge/functions/_shared/wiring";
import { UsageError } from "../exit.ts";

/**
 * The ports of the account that the environment names, as the functions have them there; with the AWS_… and LANDBRIDGE_…
 * variables that `npm start -- --serve` prints, those of a sandbox.
 * @throws {UsageError} naming each variable that is missing or wrong
 */
export function depsOfEnvironment(warn: (message: string) => void): Deps {
  try {
    const wiring = makeWiring(process.env, {
      events: {
        emit: (code, payload) => {
          if (code === "warning.raised" && "message" in payload) warn(payload.message);
        },
      },
    });
    return makeDeps(wiring);
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\n\nSet them as in your deployment, or try it on a sandbox: ` +
        "`npm start -- --serve` prints them all.",
      { cause: error },
    );
  }
}

/** Who runs this command, as AWS knows them. */
export function callerOfEnvironment({ settings, clock }: Deps): Promise<string> {
  return readCallerArn({ region: settings.region, clock });
}
