import { describePause, printable } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import type { Streams } from "../streams.ts";

/** Pauses all runs, unless somebody has done so before. @throws {UsageError} for a blank reason */
export async function pause(reason: string, streams: Streams): Promise<ExitCode> {
  if (reason.trim() === "")
    throw new UsageError("--reason: give a reason; it is shown to everybody who meets the pause");
  const deployment = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const { pause: now, isNew } = await deployment.pause.begin(reason.trim());
  streams.out.write(`${printable(describePause(now))}\n`);
  streams.err.write(
    isNew
      ? "A running sync stops starting operations within about a second; at most 15 operations that AWS has already accepted still complete.\n"
      : "It was already paused: nothing has changed, and your reason was not stored.\n",
  );
  streams.err.write(`To continue: ${LANDBRIDGE} resume\n`);
  return EXIT.ok;
}
