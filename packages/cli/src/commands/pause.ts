import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { pause } from "../pause/pause.ts";
import type { Streams } from "../streams.ts";

export function pauseCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("pause")
    .description("Stop every write of sync-access at once, in all runs, until resume.")
    .requiredOption(
      "--reason <text>",
      "why; shown by status, the health document and every run that it stops",
    )
    .addHelpText(
      "after",
      `
A running sync stops starting operations within about a second and ends with SyncPaused; at most 15 assignment operations
that AWS has already accepted still complete. Other runs still plan, and end before their first write. Changes reported by
events stay marked. People keep the access that they have.

Pausing again changes nothing: the first pause stays, with its reason.

Examples:
  $ npm run landbridge -- pause --reason "a group was emptied by mistake"
  $ npm run landbridge -- --api https://… pause --reason "audit until Friday"

Exit codes: 0 all runs are paused, 1 an error, 2 wrong usage.`,
    )
    .action(async ({ reason }) => done(await pause(reason, streams)));
}
