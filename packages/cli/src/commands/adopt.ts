import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { adoptInstance } from "../access/adopt-instance.ts";
import { depsOfEnvironment } from "../access/environment.ts";
import { withSandboxDeps } from "../access/sandbox-deps.ts";
import { EXAMPLE } from "../demo/read-inputs.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import { schemaLine, writeSchema } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import { writeNewFile } from "../write-new-file.ts";

export function adoptCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("adopt")
    .description(
      "Write the access that an instance has as an access policy, in few rules. Changes nothing in it.",
    )
    .option("--out <file>", "file to write (default: standard output)")
    .option("--force", "overwrite that file", false)
    .option("--organization <file>", "try it on a sandbox with this organization (YAML)")
    .option("--directory <file>", "… and this directory")
    .option("--policy <file>", "… that was connected and synced with this policy first")
    .addHelpText(
      "after",
      `
Without the last three the account is that of the environment: AWS credentials, and the LANDBRIDGE_… variables of the
deployment. With any of them it is a sandbox, and those that are absent are the built-in company's.

Examples:
  $ npm run landbridge -- adopt --out access.yaml
  $ npm run landbridge -- plan --policy access.yaml       nothing to change
  $ npm run landbridge -- adopt --policy examples/access.yaml

Rules name the root, units or account tags where these mean exactly the accounts that have the access now, and accounts
otherwise. What the policy cannot say (principals that provisioning did not make, accounts that are not active, the management
account) is left as it is and noted, in the file and on standard error.

Exit codes: 0 written, 1 error, 2 wrong usage.`,
    )
    .action(async ({ out, force, ...files }) => {
      const progress = makeProgress(streams);
      const say = (text: string) => progress.say(`  ${text}`);
      const isSandbox = Object.values(files).some((file) => file !== undefined);
      const { text, rules, notes } = isSandbox
        ? await withSandboxDeps({ ...EXAMPLE, ...files }, progress, (deps) => adoptInstance(deps, say))
        : await adoptInstance(
            depsOfEnvironment(streams.variables, (message) => progress.say(`! ${message}`)),
            say,
          );
      for (const note of notes) streams.err.write(`note: ${note}\n`);
      if (out === undefined) streams.out.write(text);
      else {
        await writeNewFile(out, `# ${schemaLine("access")}\n${text}`, force);
        await writeSchema(dirname(out), "access");
        streams.out.write(`${out}: ${rules.length} rules\n`);
      }
      done(EXIT.ok);
    });
}
