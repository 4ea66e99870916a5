import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { rotateCertificate } from "../rotate/rotate-certificate.ts";
import type { Streams } from "../streams.ts";

export function rotateCertificateCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("certificate")
    .description("Replace the certificate with which Entra signs people in, by the flow rotate-certificate.")
    .option("--force", "now, although it is not due", false)
    .option("--json", "the outcome as one JSON document on stdout", false)
    .addHelpText(
      "after",
      `
Entra makes the new certificate; AWS takes and deletes certificates in its console only. The flow opens three tasks, and
this command says how to answer them: import the new certificate beside the old one, sign in once, delete the old one. Entra
signs with the new certificate only once AWS has it, and with the old one again when the sign-in fails.

The flow runs in the account, not here: Ctrl+C stops watching, and the flow goes on. Starting again joins the run there is.

Examples:
  $ npm run landbridge -- rotate certificate
  $ npm run landbridge -- rotate certificate --force

Exit codes: 0 rotated or nothing to do, 1 the flow failed, 2 wrong usage, 3 the flow waits for a person (without a
terminal the command ends there), 130 you stopped watching.`,
    )
    .action(async (options) => done(await rotateCertificate(options, streams)));
}
