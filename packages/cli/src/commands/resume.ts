import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { resume } from "../pause/resume.ts";
import type { Streams } from "../streams.ts";

export function resumeCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("resume")
    .description("End the pause: everything is looked at again within about a minute.")
    .addHelpText(
      "after",
      `
Everything is marked as changed, and the flow drain-changes starts a full run within about a minute. It plans anew; a run
that the pause ended is not gone on with. Where nothing was paused, nothing happens.

Runs that the access policy (guardrails: { paused: true }) or the deployment (LANDBRIDGE_PAUSED) pauses stay paused.

Examples:
  $ npm run landbridge -- resume

Exit codes: 0 nothing is paused any more, 1 an error.`,
    )
    .action(async () => done(await resume(streams)));
}
