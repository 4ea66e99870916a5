import { Command } from "@commander-js/extra-typings";
import { showDiagnosis } from "../doctor/show-diagnosis.ts";
import type { ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";

export function doctorCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("doctor")
    .description(
      "Test every permission and prerequisite on both sides, and say how to fix each. Writes nothing.",
    )
    .option("--json", "print the checks as one JSON document", false)
    .addHelpText(
      "after",
      `
Run it before connect to find what would stop connect, and afterwards to find what has changed. Like plan, it uses the
credentials of the environment; it does not test the functions' own roles, which the deployment creates.

  AWS      identity, instance and its region, organization, delegated administration, quotas, table, bucket and access
           policy, secrets, flows
  Entra    sign-in, Graph permissions one by one, own credential, licence, enterprise application, provisioning job
  Network  Microsoft's hosts and the SCIM host, and how far this clock is from theirs

The exit code gives the most severe result:
  0    in order, or notices only
  1    something went wrong, or wrong usage
  2    warnings
  3    critical: something that Landbridge needs is missing`,
    )
    .action(async ({ json }) => done(await showDiagnosis(json, streams)));
}
