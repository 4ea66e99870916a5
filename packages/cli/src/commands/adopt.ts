import { dirname } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { schemaLine } from "@landbridge/import";
import { adoptInstance } from "../access/adopt-instance.ts";
import { depsOfEnvironment } from "../access/environment.ts";
import { withSandboxDeps } from "../access/sandbox-deps.ts";
import { EXAMPLE } from "../demo/read-inputs.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { makeProgress } from "../render/progress.ts";
import { writeSchema } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import { writeNewFile } from "../write-new-file.ts";

export function adoptCommand(streams: Streams, done: (code: ExitCode) => void) {
  return new Command("adopt")
    .description(
      "Write an access policy, in few rules, that matches an instance's current access. Changes nothing.",
    )
    .option("--out <file>", "file to write (default: standard output)")
    .option("--force", "overwrite an existing file", false)
    .option("--organization <file>", "read from a sandbox with this organization (YAML)")
    .option("--directory <file>", "… and this directory")
    .option("--policy <file>", "… connected and synced with this policy first")
    .addHelpText(
      "after",
      `
By default the command reads the account of the environment: AWS credentials, and the deployment's LANDBRIDGE_… variables.
With any of the last three options it reads a sandbox instead; the built-in company supplies the files you leave out.

Examples:
  $ npm run landbridge -- adopt --out access.yaml
  $ npm run landbridge -- plan --policy access.yaml       nothing to change
  $ npm run landbridge -- adopt --policy examples/access.yaml

A rule names the root, units or account tags if they match exactly the accounts that have the access now; otherwise it lists
accounts. The command leaves alone what the policy cannot express (principals that provisioning did not create, inactive
accounts, the management account) and notes it in the file and on standard error.

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
