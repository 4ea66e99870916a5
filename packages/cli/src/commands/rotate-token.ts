import { Command, Option } from "@commander-js/extra-typings";
import { ROTATION_REASONS } from "@landbridge/core";
import type { ExitCode } from "../exit.ts";
import { rotateToken } from "../rotate/rotate-token.ts";
import type { Streams } from "../streams.ts";

export function rotateTokenCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("token")
    .description("Replace the SCIM token with which Entra provisions, by the flow rotate-token.")
    .option("--force", "now, although it is not due", false)
    .addOption(
      new Option(
        "--reason <reason>",
        "shown to the operator; a leak does not wait until the token is due",
      ).choices(ROTATION_REASONS),
    )
    .option("--json", "the outcome as one JSON document on stdout", false)
    .addHelpText(
      "after",
      `
AWS makes and deletes tokens in its console only: the flow opens a task for each of the two steps, and this command says
how to answer it. Everything else is the flow's. Entra always has a token that AWS accepts: the old one is deleted after a
provisioning cycle went well with the new one, and comes back when something fails.

The flow runs in the account, not here: Ctrl+C stops watching, and the flow goes on. Starting again joins the run there is.

Reasons: leak (somebody else may know the token), notice (AWS says that it expires), precaution.

Examples:
  $ npm run landbridge -- rotate token
  $ npm run landbridge -- rotate token --force --reason leak

Exit codes: 0 rotated or nothing to do, 1 the flow failed, 2 wrong usage, 3 the flow waits for a person (without a
terminal the command ends there), 130 you stopped watching.`,
    )
    .action(async (options) => done(await rotateToken(options, streams)));
}
