import { runDoctor } from "@landbridge/core";
import { makeNetwork, Routes } from "@landbridge/functions/_shared/network";
import { depsOfEnvironment } from "../access/environment.ts";
import type { ExitCode } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import { exitCodeOf } from "../status/exit-code-of.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { askHost } from "./ask-host.ts";
import { renderDiagnosis } from "./render-diagnosis.ts";

/** Tests permissions and prerequisites with the credentials of the environment, and shows the result. */
export async function showDiagnosis(json: boolean, streams: Streams): Promise<ExitCode> {
  const progress = makeProgress(streams);
  const deps = depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`));
  const { LANDBRIDGE_ROUTES = "{}", LANDBRIDGE_TENANT_ID = "" } = streams.variables;
  const fetch = makeNetwork(Routes.parse(JSON.parse(LANDBRIDGE_ROUTES)));
  const report = await runDoctor({
    ...deps,
    tenantId: LANDBRIDGE_TENANT_ID,
    probes: {
      readCallerArn: () => deps.readCallerArn(),
      askHost: (url) => askHost(fetch, url),
    },
  });
  streams.out.write(
    json
      ? `${JSON.stringify(report, null, 2)}\n`
      : renderDiagnosis(report, makeStyle(streams.out, streams.variables)),
  );
  return exitCodeOf(report.worst);
}
