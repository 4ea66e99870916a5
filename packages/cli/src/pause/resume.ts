import { printable } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

/** Ends the pause, if there is one. */
export async function resume(streams: Streams): Promise<ExitCode> {
  const deployment = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const ended = await deployment.pause.end();
  if (ended === null) {
    streams.out.write("There is no pause: nothing has changed.\n");
    streams.err.write(
      "If runs end with SyncPaused, the access policy (guardrails: { paused: true }) or LANDBRIDGE_PAUSED pauses them: change it there.\n",
    );
    return EXIT.ok;
  }
  const { at, by, reason } = ended;
  streams.out.write(`${printable(`The pause since ${at} by ${by} is over: ${reason}`)}\n`);
  streams.err.write("A full run starts within about a minute.\n");
  return EXIT.ok;
}
