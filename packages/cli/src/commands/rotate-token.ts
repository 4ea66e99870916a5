import { Command, Option } from "@commander-js/extra-typings";
import { ROTATION_REASONS } from "@landbridge/core";
import type { ExitCode } from "../exit.ts";
import { rotateToken } from "../rotate/rotate-token.ts";
import type { Streams } from "../streams.ts";

export function rotateTokenCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("token")
    .description("Replace the SCIM token that Entra provisions with, with the flow rotate-token.")
    .option("--force", "rotate now, even if it is not due", false)
    .addOption(
      new Option(
        "--reason <reason>",
        "why, shown to the operator; leak rotates even if the token is not due",
      ).choices(ROTATION_REASONS),
    )
    .option("--json", "print the outcome as one JSON document on stdout", false)
    .addHelpText(
      "after",
      `
AWS creates and deletes tokens only in its console: the flow opens a task for each of these two steps, and this command says
how to answer it. The flow does everything else. Entra always has a token that AWS accepts: the flow asks you to delete the
old one only after a provisioning cycle has succeeded with the new one, and restores it if something fails.

The flow runs in the account, not here: Ctrl+C stops watching, and the flow continues. Running the command again joins it.

Reasons: leak (somebody else may know the token), notice (AWS says that it expires), precaution.

Examples:
  $ npm run landbridge -- rotate token
  $ npm run landbridge -- rotate token --force --reason leak

Exit codes: 0 rotated or nothing to do, 1 the flow failed, 2 wrong usage, 3 the flow waits for a person (only without a
terminal), 130 you stopped watching.`,
    )
    .action(async (options) => done(await rotateToken(options, streams)));
}
