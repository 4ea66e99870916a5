import type { ProvisionReport } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { runFlow } from "../flows/run-flow.ts";
import { makeProgress } from "../render/progress.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { renderProvisioning } from "./render-provisioning.ts";

/** Provisions on demand, with the deployment's flow, and shows the result. @throws {UsageError} for a blank name */
export async function provision(name: string, json: boolean, streams: Streams): Promise<ExitCode> {
  if (name.trim() === "")
    throw new UsageError(
      "The name is blank. Give a user principal name, an object id or the exact name of a group.",
    );
  const progress = makeProgress(streams);
  const deployment = openDeployment(streams.variables, (message) => progress.say(`! ${message}`));
  const run = { flow: "provision", input: { name }, deps: deployment, progress, streams };
  const { exitCode, report: execution } = await runFlow(run);
  if (execution?.error === "PrincipalNotFound") return EXIT.usage;
  if (exitCode !== EXIT.ok || execution === null) return exitCode;
  const report = execution.output as ProvisionReport;
  streams.out.write(
    json
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderProvisioning(report, makeStyle(streams.out, streams.variables)),
  );
  const { members } = report;
  return report.result === "arrived" && members?.arrived === members?.total ? EXIT.ok : EXIT.failed;
}
