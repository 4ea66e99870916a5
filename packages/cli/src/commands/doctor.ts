import { Command } from "@commander-js/extra-typings";
import { showDiagnosis } from "../doctor/show-diagnosis.ts";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

export function doctorCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("doctor")
    .description(
      "Try every permission and prerequisite on both sides, and say how to fix each. Writes nothing.",
    )
    .option("--json", "the checks as one JSON document", false)
    .addHelpText(
      "after",
      `
Before connect it says what connect would stumble over; after it, what has changed. It works with the credentials of the
environment, as plan does: the functions have roles of their own, which the deployment gives them.

  AWS      identity, instance and its region, organization, delegated administration, quotas, table, bucket and access
           policy, secrets, flows
  Entra    sign-in, Graph permissions one by one, own credential, licence, enterprise application, provisioning job
  Network  Microsoft's hosts and the SCIM host, and how far this clock is from theirs

The exit code says the worst of it:
  0    in order, or notices only
  1    something went wrong, or wrong usage
  2    warnings
  3    critical: something that Landbridge needs is missing`,
    )
    .action(async ({ json }) => done(await showDiagnosis(json, streams)));
}
