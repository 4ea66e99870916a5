import { Command } from "@commander-js/extra-typings";
import type { ExitCode } from "../exit.ts";
import { rotateCertificate } from "../rotate/rotate-certificate.ts";
import type { Streams } from "../streams.ts";

export function rotateCertificateCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("certificate")
    .description("Replace Entra's SAML signing certificate, with the flow rotate-certificate.")
    .option("--force", "rotate now, even if it is not due", false)
    .option("--json", "print the outcome as one JSON document on stdout", false)
    .addHelpText(
      "after",
      `
Entra creates the new certificate; AWS imports and deletes certificates only in its console. The flow opens three tasks, and
this command says how to answer them: import the new certificate next to the old one, sign in once, delete the old one. Entra
signs with the new certificate only after AWS has it, and goes back to the old one if the sign-in fails.

The flow runs in the account, not here: Ctrl+C stops watching, and the flow continues. Running the command again joins it.

Examples:
  $ npm run landbridge -- rotate certificate
  $ npm run landbridge -- rotate certificate --force

Exit codes: 0 rotated or nothing to do, 1 the flow failed, 2 wrong usage, 3 the flow waits for a person (only without a
terminal), 130 you stopped watching.`,
    )
    .action(async (options) => done(await rotateCertificate(options, streams)));
}
