import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { provision } from "../provision/provision.ts";
import type { Streams } from "../streams.ts";

export function provisionCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("provision")
    .description(
      "Provision a user, or a group with its members, from Entra to AWS now, and wait until it is done.",
    )
    .argument("<user|group>", "user principal name, object id, or a group's exact display name")
    .option("--json", "print the outcome as one JSON document", false)
    .addHelpText(
      "after",
      `
Entra provisions about every 40 minutes; this command makes it provision now. It changes no assignment: a user who is not in
the scope of the enterprise application is not provisioned, and the command says why. Entra accepts five members of a group
per request and five requests in ten seconds, so a group of 1,000 takes about seven minutes. Running it again is safe.

Examples:
  $ npm run landbridge -- provision ada@example.com
  $ npm run landbridge -- provision "Platform Engineers"

Exit codes: 0 everybody has arrived, 1 somebody has not (with name and reason) or an error, 2 no such user or group.`,
    )
    .action(async (name, { json }) => done(await provision(name, json, streams)));
}
