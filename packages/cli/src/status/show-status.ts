import { describePause, printable, worstOf } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import { makeProgress } from "../render/progress.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { renderHealth, severityNow } from "./render-health.ts";

interface StatusOptions {
  readonly refresh: boolean;
  readonly json: boolean;
}

/** Shows a pause, and the latest health document, after making a new one if requested. */
export async function showStatus({ refresh, json }: StatusOptions, streams: Streams): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const deployment = openDeployment(streams.variables, (message) => progress.say(`! ${message}`));
  if (refresh) {
    const { exitCode } = await runFlow({ flow: "watch", input: {}, deps: deployment, progress, streams });
    if (exitCode !== EXIT.ok) return exitCode;
  }
  const [health, pause] = await Promise.all([deployment.readHealth(), deployment.pause.read()]);
  const style = makeStyle(streams.out, streams.variables);
  // The current state: the document is as old as the last run of the watch.
  if (pause && !json) streams.out.write(`${style("yellow", `! ${printable(describePause(pause))}`)}\n\n`);
  if (!health) {
    streams.err.write("The watch has never run. Run it with --refresh, or wait for the daily run.\n");
    return EXIT.failed;
  }
  const now = deployment.clock.now();
  const text = json ? `${JSON.stringify(health, null, 2)}\n` : renderHealth(health, { now, style });
  streams.out.write(text);
  return exitCodeOf(worstOf([severityNow(health, now), pause ? "warning" : "ok"]));
}
