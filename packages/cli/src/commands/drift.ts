import { Command } from "@commander-js/extra-typings";
import { comparePolicy } from "../access/compare-policy.ts";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

export function driftCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("drift")
    .description(
      "Show how access differs from the policy in force, such as changes made by hand. Writes nothing.",
    )
    .option("--json", "print the differences as one JSON document")
    .addHelpText(
      "after",
      `
Lists what the next sync would correct. Assignments that Landbridge did not create are counted and left alone.

Exit codes: 0 no drift, 2 drift, 1 error.`,
    )
    .action(async ({ json }) =>
      done(await comparePolicy({ file: undefined, form: json ? "json" : "text" }, streams)),
    );
}
