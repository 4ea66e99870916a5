import { provisionNow } from "@landbridge/core";
import { depsOfEnvironment } from "../access/environment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { renderProvisioning } from "./render-provisioning.ts";

/** Provisions on demand in the account of the environment and shows what became of it. */
export async function provision(name: string, json: boolean, streams: Streams): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const deps = depsOfEnvironment((message) => progress.say(`! ${message}`));
  const report = await provisionNow(name, { ...deps, onProgress: (text) => progress.say(`  … ${text}`) });
  streams.out.write(
    json ? `${JSON.stringify(report, null, 2)}\n` : renderProvisioning(report, makeStyle(streams.out)),
  );
  const isComplete = report.result === "arrived" && (report.members?.leftBehind.length ?? 0) === 0;
  return isComplete ? EXIT.ok : EXIT.failed;
}
