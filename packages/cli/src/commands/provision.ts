import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { provision } from "../provision/provision.ts";
import type { Streams } from "../streams.ts";

export function provisionCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("provision")
    .description(
      "Bring a user, or a group with its members, from Entra to AWS now, and wait until they are there.",
    )
    .argument("<user|group>", "user principal name, object id, or a group's exact display name")
    .option("--json", "what became of it as one JSON document", false)
    .addHelpText(
      "after",
      `
Entra provisions about every 40 minutes by itself; this asks it to do so at once. It changes no assignment: whoever is
not in the scope of the enterprise application is not brought, and you are told why. Entra takes five members of a group
at a time and five requests in ten seconds, so a group of 1,000 takes about seven minutes. Starting again is safe.

Examples:
  $ npm run landbridge -- provision ada@example.com
  $ npm run landbridge -- provision "Platform Engineers"

Exit codes: 0 everybody has arrived, 1 somebody has not (said by name and why) or an error, 2 nobody by that name.`,
    )
    .action(async (name, { json }) => done(await provision(name, json, streams)));
}
