import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { resume } from "../pause/resume.ts";
import type { Streams } from "../streams.ts";

export function resumeCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("resume")
    .description("End the pause; a full run starts within about a minute.")
    .addHelpText(
      "after",
      `
Marks everything as changed, so that the flow drain-changes starts a full run within about a minute. It plans again; a run
that the pause ended is not continued. If nothing is paused, nothing happens.

Does not end a pause set in the access policy (guardrails: { paused: true }) or the deployment (LANDBRIDGE_PAUSED).

Examples:
  $ npm run landbridge -- resume

Exit codes: 0 the pause is over, 1 an error.`,
    )
    .action(async () => done(await resume(streams)));
}
