import { describePause, printable } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import type { Streams } from "../streams.ts";

/** Pauses all runs, unless somebody has done so before. @throws {UsageError} for a blank reason */
export async function pause(reason: string, streams: Streams): Promise<ExitCode> {
  if (reason.trim() === "") throw new UsageError("--reason: say why; whoever meets the pause reads it");
  const deployment = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const { pause: now, isNew } = await deployment.pause.begin(reason.trim());
  streams.out.write(`${printable(describePause(now))}\n`);
  streams.err.write(
    isNew
      ? "A run at work starts nothing more within about a second; at most the 15 operations that AWS has already taken still end.\n"
      : "That was so before: nothing has changed, and your reason is not kept.\n",
  );
  streams.err.write(`To go on: ${LANDBRIDGE} resume\n`);
  return EXIT.ok;
}
