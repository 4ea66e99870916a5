import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { showStatus } from "../status/show-status.ts";
import type { Streams } from "../streams.ts";

export function statusCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("status")
    .description(
      "Show the health of the connection: what expires when, what is wrong, why it matters, what to do.",
    )
    .option("--refresh", "run the flow watch now and wait for its result", false)
    .option("--json", "print the stored health document (health/latest.json)", false)
    .addHelpText(
      "after",
      `
Shows what the flow watch found in its last run; it runs daily, and after every other flow. Like plan, it uses the account of
the environment. Every finding has a stable code, which docs/health.md explains.

Examples:
  $ npm run landbridge -- status
  $ npm run landbridge -- status --refresh
  $ npm run --silent landbridge -- status --json | jq '.concerns[].findings[] | {code, severity}'

The exit code gives the most severe result:
  0    in order, or notices only
  1    unknown: the watch has never run, something went wrong, or wrong usage
  2    warnings: something needs action in the next days
  3    critical: something fails, or soon will
  130  you stopped watching --refresh; the flow continues`,
    )
    .action(async (options) => done(await showStatus(options, streams)));
}
