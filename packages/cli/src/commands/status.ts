import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { showStatus } from "../status/show-status.ts";
import type { Streams } from "../streams.ts";

export function statusCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("status")
    .description(
      "Say how the connection is: what ends when, what is not in order, why it matters, what to do.",
    )
    .option("--refresh", "run the flow watch now, wait for it, then show what it found", false)
    .option("--json", "the health document as it is stored (health/latest.json)", false)
    .addHelpText(
      "after",
      `
Shows what the flow watch found when it last ran: daily, and after every other flow. The account is that of the
environment, as for plan. Every finding has a code that stays the same: docs/health.md explains each.

Examples:
  $ npm run landbridge -- status
  $ npm run landbridge -- status --refresh
  $ npm run --silent landbridge -- status --json | jq '.concerns[].findings[] | {code, severity}'

The exit code says the worst of it:
  0    in order, or notices only
  1    it cannot be said: the watch has never run, something went wrong, or wrong usage
  2    warnings: something wants an action in the next days
  3    critical: something fails, or soon will
  130  you stopped watching --refresh; the flow goes on`,
    )
    .action(async (options) => done(await showStatus(options, streams)));
}
